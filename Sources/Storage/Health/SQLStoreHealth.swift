import Domain

/// Asks the database whether it lives.
struct SQLStoreHealth: StoreHealth {
    let database: any SQLDatabase
    let now: @Sendable () -> Timestamp

    func epoch() async throws -> String {
        try await database.read { session in
            guard var row = try session.execute(Self.setting, [.text("epoch")]).first?.reader else {
                throw HubError.notMigrated
            }
            return try row.text()
        }
    }

    func check() async throws {
        let moment = now()
        try await database.write { session in
            _ = try session.finish(
                Self.put,
                [.text("checked"), .text(String(moment.milliseconds)), .moment(moment)]
            )
        }
        _ = try await epoch()
    }

    func renewEpoch(to epoch: String) async throws {
        let moment = now()
        try await database.write { session in
            _ = try session.finish(Self.put, [.text("epoch"), .text(epoch), .moment(moment)])
        }
    }

    private static let setting: SQLText = "SELECT value FROM settings WHERE key = $1"

    private static let put: SQLText = """
        INSERT INTO settings (key, value, changed_ms) VALUES ($1, $2, $3)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_ms = excluded.changed_ms
        """
}
