/// Finds out what an upload is while its bytes pass by.
///
/// What a client claims is not looked at. The first `prefixBytes` are kept; text is checked to its end.
package struct AttachmentInspector: Sendable {
    /// Enough for the headers of photos, whose thumbnails and colour profiles come first.
    package static let prefixBytes = 256 * 1024
    /// From here on it is clear whether a file is of a known type.
    private static let decisiveBytes = 4096

    /// What was found.
    package struct Finding: Sendable, Equatable {
        package let type: MediaType
        /// Images only, where the header says so.
        package let imageSize: ImageSize?
    }

    private let maxImagePixels: Int
    private var prefix: [UInt8] = []
    private var text = PlainTextCheck()
    private var isDecided = false

    /// - Parameter maxImagePixels: A larger image fits into a small file and into no phone's memory.
    package init(maxImagePixels: Int) {
        self.maxImagePixels = maxImagePixels
    }

    /// Takes the next bytes. Throws `UnsupportedMedia` as soon as it is clear, so that the rest need not come.
    package mutating func take(_ bytes: [UInt8]) throws(UnsupportedMedia) {
        text.take(bytes)
        if prefix.count < Self.prefixBytes { prefix += bytes.prefix(Self.prefixBytes - prefix.count) }
        guard !isDecided, prefix.count >= Self.decisiveBytes else { return }
        isDecided = true
        guard text.isPossible || MediaType(sniffing: prefix) != nil else { throw .unknown }
    }

    /// Throws `UnsupportedMedia`, `bad_request` for no bytes at all, `too_large` for too many pixels.
    package func finish() throws -> Finding {
        guard !prefix.isEmpty else { throw HubError.badRequest("The file is empty.") }
        guard let type = MediaType(sniffing: prefix) else {
            if prefix.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw UnsupportedMedia.program }
            guard text.isText else { throw UnsupportedMedia.unknown }
            guard !TextMarkup.isFound(in: prefix) else { throw UnsupportedMedia.markup }
            return Finding(type: .text, imageSize: nil)
        }
        let size = ImageSize(of: type, in: prefix)
        if let size, size.area > maxImagePixels {
            throw HubError(.tooLarge, "The image has more than \(maxImagePixels) pixels.")
        }
        return Finding(type: type, imageSize: size)
    }
}

/// Recognises text that some program might run: markup and scripts.
enum TextMarkup {
    private static let tags = [
        "!doctype", "!--", "?xml", "?php", "%@", "html", "head", "body", "script", "svg", "iframe", "object", "embed",
        "style",
        "link", "meta", "img", "form", "math", "base",
    ].map { Array($0.utf8) }

    static func isFound(in bytes: [UInt8]) -> Bool {
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        if body.starts(with: "#!".utf8) { return true }
        let first = body.first { ![0x09, 0x0A, 0x0C, 0x0D, 0x20].contains($0) }
        if first == UInt8(ascii: "<") { return true }
        return body.indices.contains { body[$0] == UInt8(ascii: "<") && startsTag(body[($0 + 1)...]) }
    }

    private static func startsTag(_ rest: ArraySlice<UInt8>) -> Bool {
        let name = rest.prefix(10).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return tags.contains { name.starts(with: $0) }
    }
}
