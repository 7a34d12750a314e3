/// Finds the words of a mail that is owed.
package protocol LetterWriter: Sendable {
    func letter(for order: MailOrder, to recipient: EmailAddress) async throws -> LetterDraft
}

/// What there is to say when a mail is about to leave.
package enum LetterDraft: Sendable, Equatable {
    case letter(MailLetter)
    /// Nobody needs it any more, or it cannot be written.
    case nothing(OutboxProblem)
}
