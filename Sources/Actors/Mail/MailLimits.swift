/// What mails may cost.
package struct MailLimits: Sendable, Equatable {
    /// Of a transcript in one form; larger ones are for downloading.
    package var maxTranscriptBytes = 2 * 1024 * 1024
    /// Mails that a visitor may have sent to themselves at once, and then in an hour.
    package var perVisitor = 3
    /// Visitors whose pace is remembered.
    package var maxCountedVisitors = 10_000

    package init() {}
}
