/// An e-mail address as accounts are named by: in lower case, of a plain form.
struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    static let maxLength = 254

    let text: String

    /// Nil without exactly one `@` between two parts, or with white space, controls or punctuation of headers.
    init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), text.utf8.count <= Self.maxLength,
            text.unicodeScalars.allSatisfy(Self.isAllowed), !parts[1].hasPrefix("."), !parts[1].hasSuffix(".")
        else { return nil }
        self.text = text.lowercased()
    }

    var description: String { text }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0x20 && scalar.value != 0x7F && !scalar.properties.isWhitespace
            && !"<>()[],;:\\\"".unicodeScalars.contains(scalar)
    }
}
