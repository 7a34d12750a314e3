import Domain

/// Who keeps up what at Zid, over either database.
struct SQLZidUpkeepStore: ZidUpkeepStore {
    let database: any SQLDatabase

    func upkeep(_ kind: ZidUpkeep.Kind) async throws -> ZidUpkeep {
        try await database.read { session in
            try session.execute(Self.one, [.text(kind.rawValue)]).first.map(Self.read) ?? ZidUpkeep(kind)
        }
    }

    func change<Answer: Sendable>(
        _ kind: ZidUpkeep.Kind,
        _ change: @escaping @Sendable (inout ZidUpkeep) -> Answer
    ) async throws -> Answer {
        try await database.write { session in
            // There must be a row to lock, so that two who make it come one after the other.
            let found = try session.batch([
                SQLStatement(Self.add, [.text(kind.rawValue)]), SQLStatement(Self.lock, [.text(kind.rawValue)]),
            ])
            guard let old = try found[1].first.map(Self.read) else {
                throw HubError(.internal, "A row that was made is not there.")
            }
            var new = old
            let answer = change(&new)
            if new != old { _ = try session.finish(Self.update, Self.values(new)) }
            return answer
        }
    }

    private static func read(_ row: SQLRow) throws(HubError) -> ZidUpkeep {
        var row = row.reader
        var upkeep = ZidUpkeep(try row.text(ZidUpkeep.Kind.init))
        upkeep.version = try row.integer()
        upkeep.ticket = try row.integer()
        upkeep.heldUntil = try row.optionalMoment()
        upkeep.attempts = try row.integer()
        upkeep.notBefore = try row.optionalMoment()
        upkeep.isUnsure = try row.flag()
        upkeep.problem = try row.optionalText(ZidUpkeepProblem.init)
        upkeep.isGivenUp = try row.flag()
        upkeep.doneAt = try row.optionalMoment()
        upkeep.mark = try row.optionalText()
        return upkeep
    }

    private static func values(_ upkeep: ZidUpkeep) -> [SQLValue] {
        [
            .text(upkeep.kind.rawValue), .integer(upkeep.version), .integer(upkeep.ticket),
            .optional(upkeep.heldUntil), .integer(upkeep.attempts), .optional(upkeep.notBefore),
            .flag(upkeep.isUnsure), .optional(upkeep.problem?.rawValue), .flag(upkeep.isGivenUp),
            .optional(upkeep.doneAt), .optional(upkeep.mark),
        ]
    }

    // MARK: Statements

    private static let columns = """
        z.kind, z.version, z.ticket, z.held_until_ms, z.attempts, z.not_before_ms, z.unsure, z.problem, z.given_up, \
        z.done_ms, z.mark
        """

    private static let one = SQLText("SELECT \(columns) FROM zid_upkeep z WHERE z.kind = $1")

    private static let lock = SQLText.locking("SELECT \(columns) FROM zid_upkeep z WHERE z.kind = $1", of: "z")

    private static let add: SQLText = """
        INSERT INTO zid_upkeep (kind, version, ticket, attempts, unsure, given_up) VALUES ($1, 0, 0, 0, 0, 0)
        ON CONFLICT DO NOTHING
        """

    private static let update: SQLText = """
        UPDATE zid_upkeep SET version = $2, ticket = $3, held_until_ms = $4, attempts = $5, not_before_ms = $6,
            unsure = $7, problem = $8, given_up = $9, done_ms = $10, mark = $11
        WHERE kind = $1
        """
}
