import Domain

/// Keeps the sealed index key among the settings, beside the epoch.
struct SQLIndexKeyStore: IndexKeyStore {
    static let key = "index_key"

    let database: any SQLDatabase
    let now: @Sendable () -> Timestamp

    func indexKey() async throws -> SealedSecret? {
        try await database.read { session in try Self.read(session) }
    }

    func keepIndexKey(_ sealed: SealedSecret) async throws -> SealedSecret {
        let moment = now()
        return try await database.write { session in
            _ = try session.execute(Self.add, [.text(Self.key), .text(sealed.text), .moment(moment)])
            guard let kept = try Self.read(session) else { throw HubError.cannotOpenSecret }
            return kept
        }
    }

    func replaceIndexKey(_ old: SealedSecret, with new: SealedSecret) async throws -> Bool {
        let moment = now()
        return try await database.write { session in
            let values: [SQLValue] = [.text(Self.key), .text(old.text), .text(new.text), .moment(moment)]
            return try !session.finish(Self.swap, values).isEmpty
        }
    }

    private static func read(_ session: any SQLSession) throws -> SealedSecret? {
        guard var row = try session.execute(find, [.text(key)]).first?.reader else { return nil }
        guard let sealed = SealedSecret(try row.text()) else { throw HubError.cannotOpenSecret }
        return sealed
    }

    private static let find: SQLText = "SELECT value FROM settings WHERE key = $1"

    private static let add: SQLText = """
        INSERT INTO settings (key, value, changed_ms) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING
        """

    private static let swap: SQLText = """
        UPDATE settings SET value = $3, changed_ms = $4 WHERE key = $1 AND value = $2 RETURNING key
        """
}
