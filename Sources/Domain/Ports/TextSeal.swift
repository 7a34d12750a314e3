/// Seals texts that hold codes for the place where they are stored, at once: its key is in memory.
///
/// For what is written in a commit and read by the page. Nothing is asked and nothing waits, not even while whoever
/// keeps the keys is away.
package protocol TextSeal: Sendable {
    /// What is stored in place of the text. Throws `too_large` for more than a secret may have.
    func seal(_ text: String, at place: SecretPlace) throws(HubError) -> String

    /// The text, as it was sealed at this place; nil when a key sealed it that was given up
    /// (`hub keys accept-loss`).
    ///
    /// Throws `cannotOpenSecret` for what is altered or was moved here.
    func open(_ sealed: String, at place: SecretPlace) throws(HubError) -> String?
}
