/// What the segments before the picture of a JPEG say (ITU T.81 annex B, Exif 2.32 §4.6).
struct JPEGHeader {
    private let stored: ImageSize
    /// How the camera was held, 1 to 8; from 5 on the picture lies on its side.
    private let orientation: Int

    /// The size after browsers have turned the picture upright.
    var shownSize: ImageSize {
        orientation >= 5 ? ImageSize(width: stored.height, height: stored.width) : stored
    }

    /// Nil when no frame header is found in `bytes`.
    init?(_ bytes: [UInt8]) {
        var orientation = 1
        var index = 2
        while index + 4 <= bytes.count, bytes[index] == 0xFF {
            let marker = bytes[index + 1]
            switch marker {
            case 0xFF:
                index += 1
                continue
            case 0x01, 0xD0...0xD7:
                index += 2
                continue
            case 0xD9, 0xDA:
                return nil
            default:
                break
            }
            let length = bytes.bigEndian16(at: index + 2)
            guard length >= 2 else { return nil }
            if Self.isFrame(marker) {
                guard length >= 8, index + 9 <= bytes.count else { return nil }
                stored = ImageSize(width: bytes.bigEndian16(at: index + 7), height: bytes.bigEndian16(at: index + 5))
                self.orientation = orientation
                return
            }
            if marker == 0xE1, let found = Self.orientation(inSegment: index + 4, length: length - 2, of: bytes) {
                orientation = found
            }
            index += 2 + length
        }
        return nil
    }

    private static func isFrame(_ marker: UInt8) -> Bool {
        switch marker {
        case 0xC4, 0xC8, 0xCC: false
        default: (0xC0...0xCF).contains(marker)
        }
    }

    /// The orientation tag of an Exif segment, a small TIFF.
    private static func orientation(inSegment start: Int, length: Int, of bytes: [UInt8]) -> Int? {
        guard length >= 14, start + length <= bytes.count, bytes.has("Exif\0\0", at: start) else { return nil }
        let tiff = Array(bytes[(start + 6)..<(start + length)])
        let isLittleEndian = tiff.has("II", at: 0)
        guard isLittleEndian || tiff.has("MM", at: 0) else { return nil }
        func number16(_ offset: Int) -> Int {
            isLittleEndian ? tiff.littleEndian16(at: offset) : tiff.bigEndian16(at: offset)
        }
        let directory = isLittleEndian ? tiff.littleEndian32(at: 4) : tiff.bigEndian32(at: 4)
        guard number16(2) == 42, directory + 2 <= tiff.count else { return nil }
        for entry in 0..<number16(directory) {
            let offset = directory + 2 + 12 * entry
            guard offset + 12 <= tiff.count else { return nil }
            if number16(offset) == 0x0112 {
                let value = number16(offset + 8)
                return (1...8).contains(value) ? value : nil
            }
        }
        return nil
    }
}
