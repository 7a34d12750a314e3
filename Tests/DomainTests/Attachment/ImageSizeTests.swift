import Domain
import Testing

@Suite struct ImageSizeTests {
    private let landscape = ImageSize(width: 300, height: 200)

    @Test func png() {
        #expect(
            ImageSize(of: .png, in: SampleFiles.png(width: 70_000, height: 2)) == ImageSize(width: 70_000, height: 2))
        #expect(ImageSize(of: .png, in: SampleFiles.png(width: 0, height: 2)) == nil)
        #expect(ImageSize(of: .png, in: SampleFiles.png(width: 0x8000_0000, height: 2)) == nil)
    }

    @Test func gif() {
        #expect(ImageSize(of: .gif, in: SampleFiles.gif(width: 300, height: 200)) == landscape)
    }

    @Test func webp() {
        let lossy: [UInt8] = [0, 0, 0, 0x9D, 0x01, 0x2A, 0x2C, 0x41, 0xC8, 0x40]
        #expect(ImageSize(of: .webp, in: SampleFiles.webp("VP8 ", lossy)) == landscape)
        // 14 bits of width - 1, then 14 bits of height - 1.
        let packed = UInt32(299) | UInt32(199) << 14
        let lossless = [0x2F] + SampleFiles.big(packed).reversed()
        #expect(ImageSize(of: .webp, in: SampleFiles.webp("VP8L", lossless)) == landscape)
        let extended: [UInt8] = [0x10, 0, 0, 0, 0x2B, 0x01, 0, 0xC7, 0, 0]
        #expect(ImageSize(of: .webp, in: SampleFiles.webp("VP8X", extended)) == landscape)
        #expect(ImageSize(of: .webp, in: SampleFiles.webp("ALPH", extended)) == nil)
    }

    @Test(arguments: [0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xCF] as [UInt8])
    func jpegFrames(marker: UInt8) {
        #expect(ImageSize(of: .jpeg, in: SampleFiles.jpeg(frame: marker)) == landscape)
    }

    @Test(arguments: [0xC4, 0xC8, 0xCC] as [UInt8])
    func jpegTablesAreNoFrames(marker: UInt8) {
        #expect(ImageSize(of: .jpeg, in: SampleFiles.jpeg(frame: marker)) == nil)
    }

    @Test func jpegSegmentsAndFillBytesAreSkipped() {
        let comment: [UInt8] = [0xFF, 0xFF, 0xFE, 0, 6, 0xFF, 0xC0, 0, 0]
        let quantisation: [UInt8] = [0xFF, 0xDB, 0, 4, 1, 2]
        #expect(ImageSize(of: .jpeg, in: SampleFiles.jpeg(segments: [comment, quantisation])) == landscape)
    }

    @Test(arguments: 1...8 as ClosedRange<UInt16>, [true, false])
    func jpegIsMeasuredAsItIsShown(orientation: UInt16, isLittleEndian: Bool) {
        let exif = SampleFiles.exif(orientation: orientation, isLittleEndian: isLittleEndian)
        let expected = orientation >= 5 ? ImageSize(width: 200, height: 300) : landscape
        #expect(ImageSize(of: .jpeg, in: SampleFiles.jpeg(segments: [exif])) == expected)
    }

    @Test func absurdOrientationIsIgnored() {
        let exif = SampleFiles.exif(orientation: 9, isLittleEndian: true)
        #expect(ImageSize(of: .jpeg, in: SampleFiles.jpeg(segments: [exif])) == landscape)
    }

    @Test func exifSegmentShorterThanItsHeaderIsIgnored() {
        var exif = SampleFiles.exif(orientation: 6, isLittleEndian: true)
        for length in 2...15 as ClosedRange<UInt8> {
            exif[3] = length
            let rest: [UInt8] = [0xFF, 0xC0, 0, 17, 8, 0, 200, 1, 44, 3]
            let bytes = SampleFiles.join([0xFF, 0xD8], Array(exif.prefix(2 + Int(length))), rest)
            #expect(ImageSize(of: .jpeg, in: bytes) == landscape)
        }
    }

    /// Whatever is cut off or flipped, the answer is a size or nil, never a trap.
    @Test func brokenHeadersHarmNothing() {
        let files: [(MediaType, [UInt8])] = [
            (.png, SampleFiles.png()), (.gif, SampleFiles.gif()),
            (.webp, SampleFiles.webp("VP8X", [0x10, 0, 0, 0, 0x2B, 0x01, 0, 0xC7, 0, 0])),
            (.jpeg, SampleFiles.jpeg(segments: [SampleFiles.exif(orientation: 6, isLittleEndian: false)])),
        ]
        var random = SystemRandomNumberGenerator()
        var found = 0
        for (type, bytes) in files {
            for length in 0...bytes.count where ImageSize(of: type, in: Array(bytes.prefix(length))) != nil {
                found += 1
            }
            for _ in 0..<2000 {
                var broken = bytes
                for _ in 0..<3 { broken[Int.random(in: 0..<broken.count, using: &random)] = .random(in: .min ... .max) }
                if ImageSize(of: type, in: broken) != nil { found += 1 }
                _ = MediaType(sniffing: broken)
            }
        }
        #expect(found > 4)
    }
}
