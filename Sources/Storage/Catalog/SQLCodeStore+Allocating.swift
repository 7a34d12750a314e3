import Domain

/// Taking codes: one round trip locks the product and finds them, another writes what became of them.
extension SQLCodeStore {
    func allocate(
        _ allocation: CodeAllocation,
        _ writing: Writing<[DigitalCode]>
    ) async throws -> Written<[DigitalCode]> {
        try await database.write(writing) { session in try Self.allocate(allocation, writing, session) }
    }

    func hold<Value>(
        _ allocation: CodeAllocation,
        for once: Once<Value>?,
        _ writing: Writing<[DigitalCode]>
    ) async throws -> Written<[DigitalCode]> {
        if let once, let answer = try await database.read({ try AnswerStatements.kept(for: once, $0) }) {
            return .repeated(answer)
        }
        return try await allocate(allocation, writing)
    }

    private static func allocate(
        _ allocation: CodeAllocation,
        _ writing: Writing<[DigitalCode]>,
        _ session: any SQLSession
    ) throws -> Change<[DigitalCode]> {
        let recipient = allocation.change.recipient
        let values: [SQLValue] = [.id(allocation.product), .moment(writing.at), .count(allocation.count)]
        let found = try session.batch([
            lockProducts.over([[.id(allocation.product)]]),
            SQLStatement(available, values),
            SQLStatement(lapsed, values),
            SQLStatement(conversation, [.optional(recipient?.conversation?.text)]),
        ])
        guard !found[0].isEmpty else { throw HubError.notFound("there is no such product") }
        guard recipient?.conversation == nil || !found[3].isEmpty else { throw noConversation }
        let candidates = try (found[1] + found[2]).map(CodeRow.read).sorted(by: isUsedFirst)
        guard candidates.count >= allocation.count else {
            throw HubError.notEnough(available: candidates.count, asked: allocation.count)
        }
        let taken = Array(candidates.prefix(allocation.count))
        let changes = try CodeChanges(allocation.change, of: taken, by: writing.actor, at: writing.at)
        return Change(changes.codes, events: changes.events, statements: changes.statements)
    }

    /// What expires first is sold first, and of those what came in first.
    private static func isUsedFirst(_ one: DigitalCode, _ other: DigitalCode) -> Bool {
        let (mine, theirs) = (
            one.expiresAt?.milliseconds ?? CodeRow.never, other.expiresAt?.milliseconds ?? CodeRow.never
        )
        return (mine, one.id) < (theirs, other.id)
    }

    /// Throws `invalid` when somebody shall get a code in a conversation that is none.
    static func checkConversation(of recipient: CodeRecipient?, _ session: any SQLSession) throws {
        guard let room = recipient?.conversation else { return }
        guard try !session.execute(conversation, [.id(room)]).isEmpty else { throw noConversation }
    }

    private static let noConversation = HubError.invalid([
        FieldProblem("/conversation", "conflict", "there is no such conversation")
    ])

    // MARK: Statements

    private static let available = SQLText(
        """
        SELECT \(CodeRow.columns) FROM codes c
        WHERE c.product_id = $1 AND c.state = 'available' AND c.expires_ms > $2 AND \(CodeRow.isVisible)
        ORDER BY c.expires_ms, c.id LIMIT $3
        """
    )

    /// Reservations that are over and not yet ended.
    private static let lapsed = SQLText(
        """
        SELECT \(CodeRow.columns) FROM codes c
        WHERE c.product_id = $1 AND c.state = 'reserved' AND c.reserved_ms <= $2 AND c.expires_ms > $2
        ORDER BY c.expires_ms, c.id LIMIT $3
        """
    )

    private static let conversation: SQLText = "SELECT 1 FROM rooms WHERE id = $1 AND kind = 'conversation'"
}

extension HubError {
    /// - Parameter available: Of those that may be taken now.
    static func notEnough(available: Int, asked: Int) -> HubError {
        HubError(
            .notEnough,
            "\(asked) codes were asked for, and \(available) are available: import more, or take fewer",
            fields: [FieldProblem("/count", "maximum", "at most \(available)")]
        )
    }
}
