import Domain

/// Idempotency keys and the answers that were given under them.
enum AnswerStatements {
    /// Takes the key for this transaction and returns nil, or returns the answer it was used for.
    ///
    /// While another transaction holds the key, PostgreSQL waits here for its end.
    static func take<Value>(
        _ once: Once<Value>,
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> StoredAnswer? {
        let values: [SQLValue] = [
            .text(once.owner), .text(once.key), .text(once.fingerprint), .moment(moment),
        ]
        guard try session.execute(take, values).isEmpty else { return nil }
        // It was there a moment ago: nothing means that it has just expired.
        guard let answer = try kept(for: once, session) else { throw HubError.unavailable() }
        return answer
    }

    /// The answer that the key was used for, if it was.
    static func kept<Value>(for once: Once<Value>, _ session: any SQLSession) throws -> StoredAnswer? {
        guard var row = try session.execute(find, [.text(once.owner), .text(once.key)]).first?.reader else {
            return nil
        }
        guard try row.text() == once.fingerprint else {
            throw HubError(.keyReused, "this Idempotency-Key was used for another request: make a new one")
        }
        return StoredAnswer(status: Int(try row.integer()), location: try row.optionalText(), body: try row.text())
    }

    static func keep<Value>(_ answer: StoredAnswer, for once: Once<Value>) -> SQLStatement {
        SQLStatement(
            keep,
            [
                .text(once.owner), .text(once.key), .count(answer.status), .optional(answer.location),
                .text(answer.body),
            ]
        )
    }

    /// Forgets keys that were taken before `moment`, the oldest first. Hubs that do it at once share the work.
    static func expire(before moment: Timestamp, limit: Int) -> SQLStatement {
        SQLStatement(expire, [.moment(moment), .count(limit)])
    }

    private static let take: SQLText = """
        INSERT INTO idempotency_keys (owner, key, fingerprint, status, location, body, created_ms)
        VALUES ($1, $2, $3, 0, NULL, '', $4) ON CONFLICT DO NOTHING RETURNING owner
        """

    private static let find: SQLText =
        "SELECT fingerprint, status, location, body FROM idempotency_keys WHERE owner = $1 AND key = $2"

    private static let expire: SQLText = {
        let old = "SELECT owner, key FROM idempotency_keys WHERE created_ms < $1 ORDER BY created_ms LIMIT $2"
        func delete(_ which: String) -> String {
            "DELETE FROM idempotency_keys WHERE (owner, key) IN (\(which)) RETURNING owner"
        }
        return SQLText(sqlite: delete(old), postgres: delete("\(old) FOR UPDATE SKIP LOCKED"))
    }()

    private static let keep: SQLText =
        "UPDATE idempotency_keys SET status = $3, location = $4, body = $5 WHERE owner = $1 AND key = $2"
}
