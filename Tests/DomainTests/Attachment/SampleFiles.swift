/// The beginnings of files, built by their specifications.
enum SampleFiles {
    static func png(width: UInt32 = 3, height: UInt32 = 2) -> [UInt8] {
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        return join(signature, [0, 0, 0, 13], ascii("IHDR"), big(width), big(height), [8, 2, 0, 0, 0], zeros(4))
    }

    static func gif(width: UInt16 = 3, height: UInt16 = 2) -> [UInt8] {
        join(ascii("GIF89a"), little(width), little(height), [0, 0, 0, 0x3B])
    }

    static func webp(_ chunk: String, _ payload: [UInt8]) -> [UInt8] {
        join(ascii("RIFF"), zeros(4), ascii("WEBP"), ascii(chunk), zeros(4), payload, zeros(16))
    }

    /// Segments before the frame header are given whole, markers included.
    static func jpeg(
        width: UInt16 = 300,
        height: UInt16 = 200,
        segments: [[UInt8]] = [],
        frame: UInt8 = 0xC0
    ) -> [UInt8] {
        let components: [UInt8] = [3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]
        let header = join([0xFF, frame, 0, 17, 8], big(height), big(width), components)
        return join([0xFF, 0xD8], Array(segments.joined()), header, [0xFF, 0xDA, 0, 2, 0xFF, 0xD9])
    }

    static func exif(orientation: UInt16, isLittleEndian: Bool) -> [UInt8] {
        let header: [UInt8] = isLittleEndian ? [0x49, 0x49, 42, 0, 8, 0, 0, 0] : [0x4D, 0x4D, 0, 42, 0, 0, 0, 8]
        func number(_ value: UInt16) -> [UInt8] { isLittleEndian ? little(value) : big(value) }
        let maker = join(number(0x010F), number(2), zeros(8))
        let count: [UInt8] = isLittleEndian ? [1, 0, 0, 0] : [0, 0, 0, 1]
        let entry = join(number(0x0112), number(3), count, number(orientation), zeros(2))
        let payload = join(ascii("Exif\0\0"), header, number(2), maker, entry, zeros(4))
        return join([0xFF, 0xE1], big(UInt16(payload.count + 2)), payload)
    }

    static func iso(brand: String) -> [UInt8] {
        join([0, 0, 0, 20], ascii("ftyp"), ascii(brand), [0, 0, 2, 0], ascii("isom"))
    }

    static func ebml(docType: String, codecs: [String]) -> [UInt8] {
        let header: [UInt8] = [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 0x01, 0x42, 0x82]
        let tracks = codecs.flatMap { join([0x86], ascii($0)) }
        return join(header, [0x80 | UInt8(docType.utf8.count)], ascii(docType), zeros(20), tracks)
    }

    static func ogg(packet: String) -> [UInt8] {
        join(ascii("OggS"), zeros(22), [1, UInt8(packet.utf8.count)], ascii(packet))
    }

    static func zip(_ names: [String]) -> [UInt8] {
        names.flatMap { name in
            join(
                [0x50, 0x4B, 0x03, 0x04], zeros(22), little(UInt16(name.utf8.count)), zeros(2), ascii(name), [1, 2, 3])
        }
    }

    /// MPEG 1 layer III at 128 kbit/s and 44.1 kHz: frames of 417 bytes.
    static func mp3(frames: Int) -> [UInt8] {
        (0..<frames).flatMap { _ in join([0xFF, 0xFB, 0x90, 0x00], zeros(413)) }
    }

    static let wav = join(ascii("RIFF"), [36, 0, 0, 0], ascii("WAVEfmt "))
    static let pdf = ascii("%PDF-1.7\n%\u{E2}\n")

    static func join(_ parts: [UInt8]...) -> [UInt8] { Array(parts.joined()) }
    static func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }
    static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }
    static func big(_ value: UInt32) -> [UInt8] { big(UInt16(value >> 16)) + big(UInt16(truncatingIfNeeded: value)) }
    static func big(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)] }
    static func little(_ value: UInt16) -> [UInt8] { big(value).reversed() }
}
