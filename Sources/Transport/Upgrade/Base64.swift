/// As much of base64 as a handshake needs (RFC 4648 section 4); Foundation is not worth its weight for it.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                let digit = Self.alphabet[bits >> (18 - 6 * place) & 0x3F]
                text.append(place <= group.count ? digit : Self.padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether a text is base64, with its padding, of so many bytes. Unused bits may have any value.
    static func decodes(_ text: String, toByteCount count: Int) -> Bool {
        let paddingCount = (3 - count % 3) % 3
        let digits = text.utf8.dropLast(paddingCount)
        return text.utf8.count == (count + 2) / 3 * 4
            && text.utf8.suffix(paddingCount).allSatisfy { $0 == Self.padding }
            && digits.allSatisfy { Self.alphabet.contains($0) }
    }
}
