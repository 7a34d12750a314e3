/// What is shown of a secret instead of it: `••••1234`.
///
/// At most a quarter of the secret is shown, and never more than its last four characters; of a secret that is
/// shorter than eight nothing is. Whoever saves a form sends the mask back: that leaves the secret as it is.
package struct SecretMask: Sendable, Equatable, CustomStringConvertible {
    private static let dots = "••••"
    private static let maxShown = 4

    package let text: String

    package init(of secret: String) {
        let count = secret.count
        text = Self.dots + (count < 8 ? "" : secret.suffix(min(Self.maxShown, count / 4)))
    }

    /// Reads what has the form of a mask, whichever secret it is of; such a text is never a secret.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.dots), text.count <= Self.dots.count + Self.maxShown else { return nil }
        self.text = text
    }

    package var description: String { text }
}
