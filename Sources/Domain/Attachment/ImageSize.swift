/// Width and height of an image as it is shown, in pixels.
package struct ImageSize: Sendable, Equatable {
    package let width: Int
    package let height: Int

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Reads the header of an image; nil when it is malformed, lies beyond `bytes` or `type` is no image.
    package init?(of type: MediaType, in bytes: [UInt8]) {
        let size: ImageSize?
        switch type {
        case .png: size = Self.png(bytes)
        case .gif: size = Self.gif(bytes)
        case .webp: size = Self.webp(bytes)
        case .jpeg: size = JPEGHeader(bytes)?.shownSize
        case .pdf, .mp4, .mobileVideo, .webm, .audioWebm, .ogg, .mp3, .wav, .m4a, .zip, .docx, .xlsx, .pptx, .text:
            size = nil
        }
        guard let size, size.width > 0, size.height > 0 else { return nil }
        self = size
    }

    /// What a viewer must hold in memory, in pixels.
    package var area: Int { width.multipliedReportingOverflow(by: height).partialValue }

    /// PNG §11.2.2: IHDR is the first chunk.
    private static func png(_ bytes: [UInt8]) -> ImageSize? {
        guard bytes.count >= 24, bytes.has("IHDR", at: 12) else { return nil }
        let width = bytes.bigEndian32(at: 16)
        let height = bytes.bigEndian32(at: 20)
        guard width <= Int32.max, height <= Int32.max else { return nil }
        return ImageSize(width: width, height: height)
    }

    /// GIF89a §18: the logical screen.
    private static func gif(_ bytes: [UInt8]) -> ImageSize? {
        guard bytes.count >= 10 else { return nil }
        return ImageSize(width: bytes.littleEndian16(at: 6), height: bytes.littleEndian16(at: 8))
    }

    /// RFC 9649 §2: simple lossy, simple lossless, extended.
    private static func webp(_ bytes: [UInt8]) -> ImageSize? {
        guard bytes.count >= 30 else { return nil }
        switch bytes.text(at: 12, count: 4) {
        case "VP8 ":
            guard bytes[23] == 0x9D, bytes[24] == 0x01, bytes[25] == 0x2A else { return nil }
            return ImageSize(
                width: bytes.littleEndian16(at: 26) & 0x3FFF,
                height: bytes.littleEndian16(at: 28) & 0x3FFF
            )
        case "VP8L":
            guard bytes[20] == 0x2F else { return nil }
            let bits = bytes.littleEndian32(at: 21)
            return ImageSize(width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1)
        case "VP8X":
            return ImageSize(
                width: bytes.littleEndian32(at: 24) & 0xFF_FFFF + 1,
                height: bytes.littleEndian32(at: 26) >> 8 + 1
            )
        default:
            return nil
        }
    }
}
