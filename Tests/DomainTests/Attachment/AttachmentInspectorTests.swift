import Domain
import Testing

@Suite struct AttachmentInspectorTests {
    private func inspect(_ bytes: [UInt8], piece: Int = .max) throws -> AttachmentInspector.Finding {
        var inspector = AttachmentInspector(maxImagePixels: 1_000_000)
        var rest = bytes[...]
        while !rest.isEmpty {
            try inspector.take(Array(rest.prefix(piece)))
            rest = rest.dropFirst(piece)
        }
        return try inspector.finish()
    }

    static let known: [(MediaType, [UInt8])] = [
        (.png, SampleFiles.png()), (.gif, SampleFiles.gif()), (.jpeg, SampleFiles.jpeg()),
        (.webp, SampleFiles.webp("VP8L", [0x2F, 0, 0, 0, 0])), (.pdf, SampleFiles.pdf), (.wav, SampleFiles.wav),
        (.mp4, SampleFiles.iso(brand: "isom")), (.mp4, SampleFiles.iso(brand: "mp42")),
        (.m4a, SampleFiles.iso(brand: "M4A ")), (.mobileVideo, SampleFiles.iso(brand: "3gp4")),
        (.webm, SampleFiles.ebml(docType: "webm", codecs: ["V_VP9", "A_OPUS"])),
        (.webm, SampleFiles.ebml(docType: "webm", codecs: [])),
        (.audioWebm, SampleFiles.ebml(docType: "webm", codecs: ["A_OPUS"])),
        (.ogg, SampleFiles.ogg(packet: "OpusHead")), (.ogg, SampleFiles.ogg(packet: "\u{1}vorbis")),
        (.mp3, SampleFiles.mp3(frames: 3)), (.mp3, SampleFiles.mp3(frames: 1)),
        (.mp3, [0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 10]),
        (.zip, SampleFiles.zip(["photos/1.jpg", "photos/2.jpg"])), (.zip, SampleFiles.zip(["[Content_Types].xml"])),
        (.docx, SampleFiles.zip(["[Content_Types].xml", "_rels/.rels", "word/document.xml"])),
        (.xlsx, SampleFiles.zip(["_rels/.rels", "[Content_Types].xml", "xl/workbook.xml"])),
        (.pptx, SampleFiles.zip(["[Content_Types].xml", "ppt/presentation.xml"])),
        (.text, SampleFiles.ascii("السلام عليكم\r\n\tمرحبا 👋")), (.text, SampleFiles.ascii("\u{FEFF}a,b\n1,2")),
        (.text, SampleFiles.ascii("3 < 4 and 5 > 2")), (.text, SampleFiles.ascii("مرحبا <سارة>")),
    ]

    @Test(arguments: known)
    func typeIsFoundInTheBytes(type: MediaType, bytes: [UInt8]) throws {
        #expect(try inspect(bytes).type == type)
        #expect(try inspect(bytes, piece: 1).type == type)
        #expect(try inspect(bytes, piece: 7).type == type)
    }

    static let programs: [[UInt8]] = [
        [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0], [0x4D, 0x5A, 0x90, 0, 3, 0], [0xCA, 0xFE, 0xBA, 0xBE, 0, 0],
        [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0], SampleFiles.zip(["META-INF/MANIFEST.MF", "a/B.class"]),
        SampleFiles.zip(["AndroidManifest.xml", "classes.dex"]),
        SampleFiles.zip(["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]),
    ]

    static let runnableText: [[UInt8]] = [
        "#!/bin/sh\nrm -rf /", "<svg xmlns='http://www.w3.org/2000/svg'/>", " \n<!DOCTYPE html><p>x",
        "<?xml version='1.0'?>", "<p>x", "hello <ScRiPt>alert(1)</script>", "x <?php echo 1", "a\n<IFRAME src=x>",
        "\u{FEFF}<html>", "x <img src=x onerror=alert(1)>",
    ].map(SampleFiles.ascii)

    static let noText: [[UInt8]] = [
        [0xFF, 0xFE, 0x41, 0x00], [0x61, 0, 0x62], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
        [0x61, 0x62, 0xE2, 0x82], [0x61, 0x1B, 0x5B], [0x80], [0xF0, 0x8F, 0x80, 0x80], [0xE0, 0x9F, 0x80], [0x7F],
    ]

    static let nearlyKnown: [[UInt8]] = [
        SampleFiles.iso(brand: "heic"), SampleFiles.iso(brand: "qt  "),
        SampleFiles.join([0, 0, 0, 9], SampleFiles.ascii("ftypisomxxxx")),
        SampleFiles.ebml(docType: "matroska", codecs: []), SampleFiles.ogg(packet: "\u{80}theora"),
        SampleFiles.join(SampleFiles.ascii("RIFF"), [0, 0, 0, 0], SampleFiles.ascii("AVI ")),
        [0xFF, 0xFB, 0x90, 0, 1, 2, 3], [0xFF, 0xF1, 0x50, 0x80], [0x50, 0x4B, 0x05, 0x06, 0, 0],
        [0x89, 0x50, 0x4E, 0x47, 0x0A],
    ]

    @Test(arguments: programs + runnableText + noText + nearlyKnown)
    func otherFilesAreRefused(bytes: [UInt8]) {
        #expect(throws: UnsupportedMedia.self) { try inspect(bytes) }
        #expect(throws: UnsupportedMedia.self) { try inspect(bytes, piece: 3) }
    }

    @Test func unknownBinaryIsRefusedBeforeItsEnd() throws {
        var inspector = AttachmentInspector(maxImagePixels: 1)
        try inspector.take([UInt8](repeating: 0xFF, count: 4095))
        #expect(throws: UnsupportedMedia.self) { try inspector.take([0xFF]) }
    }

    @Test func textIsCheckedToItsEnd() throws {
        let long = Array(repeating: UInt8(ascii: "a"), count: AttachmentInspector.prefixBytes + 10)
        #expect(try inspect(long).type == .text)
        #expect(throws: UnsupportedMedia.self) { try inspect(long + [0], piece: 1000) }
    }

    @Test func nothingIsNoFile() {
        #expect(throws: HubError.badRequest("The file is empty.")) { try inspect([]) }
    }

    @Test func imageThatWouldFillTheMemoryIsRefused() throws {
        #expect(
            try inspect(SampleFiles.png(width: 1000, height: 1000)).imageSize == ImageSize(width: 1000, height: 1000))
        #expect(throws: HubError.self) { try inspect(SampleFiles.png(width: 1001, height: 1000)) }
        #expect(throws: HubError.self) { try inspect(SampleFiles.png(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF)) }
    }

    @Test func onlyWhatCannotRunIsShownInline() {
        let inline = MediaType.allCases.filter(\.isShownInline).map(\.rawValue)
        #expect(inline.allSatisfy { $0.hasPrefix("image/") || $0.hasPrefix("audio/") || $0.hasPrefix("video/") })
        #expect(inline.count == 12)
    }
}
