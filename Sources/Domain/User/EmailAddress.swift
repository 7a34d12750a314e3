/// An e-mail address as accounts are named by and mail is sent to: in lower case, of a plain form.
package struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    package static let maxLength = 254

    package let text: String

    /// Nil without exactly one `@` between two parts, or with white space, controls or punctuation of headers.
    package init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), text.utf8.count <= Self.maxLength,
            text.unicodeScalars.allSatisfy(Self.isAllowed), !parts[1].hasPrefix("."), !parts[1].hasSuffix(".")
        else { return nil }
        self.text = text.lowercased()
    }

    /// What stands behind the `@`.
    package var domain: Substring { text[text.index(after: text.lastIndex(of: "@") ?? text.startIndex)...] }

    package var description: String { text }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0x20 && scalar.value != 0x7F && !scalar.properties.isWhitespace
            && !"<>()[],;:\\\"".unicodeScalars.contains(scalar)
    }
}
