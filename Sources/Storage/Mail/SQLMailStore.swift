import Domain

/// Mails that are owed, over either database.
struct SQLMailStore: MailStore {
    let database: any SQLDatabase

    func post(_ mail: MailPost, _ writing: Writing<PostedMail>) async throws -> Written<PostedMail> {
        try await database.write(writing) { session in
            guard let (posted, statements) = try Self.owing(mail, session, at: writing.at) else {
                throw HubError.notFound("there is no such conversation")
            }
            let event = AuditEvent(
                "conversation.mailed",
                AuditSubject(kind: "conversation", id: mail.order.conversation.text),
                after: .object(["mail": .string(posted.id.text)])
            )
            return Change(posted, event, statements: statements)
        }
    }

    /// What writes the note and owes the mail. Nil without such a conversation, or when the note is there already.
    ///
    /// The rows of both rooms are locked from here to the commit.
    static func owing(
        _ mail: MailPost,
        _ session: any SQLSession,
        at moment: Timestamp
    ) throws -> (PostedMail, [SQLStatement])? {
        guard var row = try session.execute(sideOf, [.id(mail.order.conversation)]).first?.reader,
            let side = try row.optionalText(RoomID.init)
        else { return nil }
        let draft = Draft(author: mail.author, mid: mail.mid, content: .message(.text(mail.note), replyTo: nil))
        let batch = try AppendBatch([AppendRequest(room: side, drafts: [draft])])
        let decision = batch.decide(try AppendStatements.read(batch, session), now: moment)
        guard case .appended(let seq, _) = decision.results.first?.outcomes.first else { return nil }
        let entry = OutboxEntry(
            id: mail.id,
            lane: OutboxLane(channel: .mail, number: mail.mailbox, recipient: mail.recipient.text),
            room: side,
            seq: seq,
            content: .mail(mail.order),
            delivery: .queued(at: moment)
        )
        return (
            PostedMail(id: mail.id, side: side, seq: seq),
            try AppendStatements.writes(of: decision, session.dialect)
                + [OutboxRow.insert.over([try OutboxRow.values(entry, session.texts)])]
        )
    }

    private static let sideOf: SQLText = "SELECT side FROM rooms WHERE id = $1 AND kind = 'conversation'"
}
