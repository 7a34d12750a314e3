import Domain

@testable import Storage

extension StoreFixture {
    /// A write by a member of staff, now.
    func writing<Value>(once: Once<Value>? = nil) -> Writing<Value> {
        let actor = AuditActor(kind: .user, id: "u_00000000000000000000000001", name: "سارة", address: "192.0.2.1")
        return Writing(by: actor, at: clock.now, once: once)
    }
}

extension StoreFixture {
    /// What a table really holds.
    func query(_ text: String) async throws -> [SQLRow] {
        let database: any SQLDatabase =
            switch configuration {
            case .sqlite(let path, let limits): try SQLiteDatabase(path: path, limits: limits, logger: Self.logger)
            case .postgres(let url, let limits): try PostgresDatabase(url: url, limits: limits, logger: Self.logger)
            }
        let rows = try await database.read { try $0.execute(SQLStatement(SQLText(text), isOnce: true)) }
        await database.close()
        return rows
    }
}
