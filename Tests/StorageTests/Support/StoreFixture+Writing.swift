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
        try await withDatabase { database in
            try await database.read { try $0.execute(SQLStatement(SQLText(text), isOnce: true)) }
        }
    }

    /// Does what no hub does to its database.
    func alter(_ statements: [String]) async throws {
        try await withDatabase { database in
            _ = try await database.write { session in
                try session.finish(statements.map { SQLStatement(SQLText($0), isOnce: true) })
            }
        }
    }

    private func withDatabase<Value>(_ body: (any SQLDatabase) async throws -> Value) async throws -> Value {
        let database: any SQLDatabase =
            switch configuration {
            case .sqlite(let path, let limits): try SQLiteDatabase(path: path, limits: limits, logger: Self.logger)
            case .postgres(let url, let limits): try PostgresDatabase(url: url, limits: limits, logger: Self.logger)
            }
        let result: Result<Value, any Error>
        do { result = .success(try await body(database)) } catch { result = .failure(error) }
        await database.close()
        return try result.get()
    }
}
