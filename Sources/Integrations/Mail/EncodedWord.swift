/// Texts of any language in the headers of a mail (RFC 2047).
///
/// Whatever they hold, they stay within their header: what is not plain is encoded, and controls become spaces.
enum EncodedWord {
    /// Bytes of text in one word, so that it fits into a line of 76 characters beside the header's name.
    private static let maxBytes = 39
    /// A line has room for it beside the header's name.
    private static let maxPlain = 60

    /// Of a header that is text, as `Subject` is.
    static func text(_ text: String) -> String {
        let line = oneLine(text)
        let isPlain = line.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !line.contains("=?")
        return isPlain && line.utf8.count <= maxPlain ? line : words(line)
    }

    /// Of a name before an address.
    static func phrase(_ text: String) -> String {
        let line = oneLine(text)
        let isPlain = line.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isPlain && line.utf8.count <= maxPlain ? line : words(line)
    }

    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }

    /// No word ends within a character (section 5).
    private static func words(_ text: String) -> String {
        var parts: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            if parts[parts.count - 1].count + bytes.count > maxBytes { parts.append([]) }
            parts[parts.count - 1] += bytes
        }
        return parts.map { "=?utf-8?b?\(Base64.encode($0))?=" }.joined(separator: "\r\n ")
    }
}
