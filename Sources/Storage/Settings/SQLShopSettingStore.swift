import Domain

/// The shop's settings over either database.
struct SQLShopSettingStore: ShopSettingStore {
    let database: any SQLDatabase

    /// What is stored under a key that the registry does not know is left alone.
    func settings() async throws -> [ShopSettingState] {
        try await database.read { session in
            var stored: [String: SQLRow] = [:]
            for row in try session.execute(Self.all) {
                var reader = row.reader
                stored[try reader.text()] = row
            }
            return try ShopSetting.all.map { try Self.state(of: $0, stored[$0.key]) }
        }
    }

    func set(
        _ setting: ShopSetting,
        to value: JSONValue?,
        expected: Int64?,
        _ writing: Writing<ShopSettingState>
    ) async throws -> ShopSettingState {
        try await database.write(writing) { session in
            // There must be a row to lock, so that two who change it first come one after the other.
            let found = try session.batch([
                SQLStatement(Self.make, [.text(setting.key)]), SQLStatement(Self.lock, [.text(setting.key)]),
            ])
            let old = try Self.state(of: setting, found[1].first)
            try Self.checkTeam(value, for: setting, session)
            guard expected == nil || expected == old.version else { throw HubError.stale }
            var new = old
            new.chosen = value
            guard let event = AuditEvent.changed(old, to: new) else { return Change(old, nil) }
            new.version += 1
            new.changedAt = writing.at
            let stored = value.map { SQLValue.json($0) } ?? .null
            let values: [SQLValue] = [.text(setting.key), stored, .integer(new.version), .moment(writing.at)]
            return Change(new, event, statements: [SQLStatement(Self.update, values)])
        }.value()
    }

    func history(of setting: ShopSetting, limit: Int) async throws -> [ShopSettingChange] {
        try await database.snapshot { session in
            // Each change wrote one entry with it, in one transaction: so the latest entry made the present version.
            let found = try session.batch([
                SQLStatement(Self.present, [.text(setting.key)]),
                SQLStatement(Self.history, [.text(setting.key), .count(limit)]),
            ])
            guard var present = found[0].first?.reader else { return [] }
            let version = try present.integer()
            return try found[1].enumerated().map { place, row in
                try Self.change(row, version: version - Int64(place))
            }
        }
    }

    func version(_ number: Int64, of setting: ShopSetting) async throws -> ShopSettingChange? {
        guard number > 0 else { return nil }
        return try await database.read { session in
            try session.execute(Self.oneVersion, [.text(setting.key), .integer(number - 1)]).first.map { row in
                try Self.change(row, version: number)
            }
        }
    }

    private static func change(_ row: SQLRow, version: Int64) throws(HubError) -> ShopSettingChange {
        var row = row.reader
        let moment = try row.moment()
        let actor = AuditActor(
            kind: try row.text(AuditActor.Kind.init), id: try row.text(), name: try row.text())
        let (before, after) = (try row.optionalJSON(), try row.optionalJSON())
        return ShopSettingChange(
            version: version, at: moment, actor: actor, before: before?["value"], after: after?["value"],
            isDefault: after?["is_default"] == .bool(true))
    }

    /// Throws `invalid` for a team that does not exist.
    private static func checkTeam(
        _ value: JSONValue?,
        for setting: ShopSetting,
        _ session: any SQLSession
    ) throws {
        guard setting.type == .team, let id = value?.string.flatMap(TeamID.init),
            try session.execute(team, [.id(id)]).isEmpty
        else { return }
        throw HubError.invalid([FieldProblem("/value", "not_found", "there is no such team")])
    }

    private static func state(of setting: ShopSetting, _ row: SQLRow?) throws(HubError) -> ShopSettingState {
        var state = ShopSettingState(setting)
        guard var reader = row?.reader else { return state }
        _ = try reader.text()
        state.chosen = try reader.optionalJSON()
        state.version = try reader.integer()
        state.changedAt = state.version == 0 ? nil : try reader.moment()
        return state
    }

    // MARK: Statements

    private static let columns = "s.key, s.value, s.version, s.changed_ms"

    private static let all = SQLText("SELECT \(columns) FROM shop_settings s")

    private static let make: SQLText = """
        INSERT INTO shop_settings (key, value, version, changed_ms) VALUES ($1, NULL, 0, 0) ON CONFLICT DO NOTHING
        """

    private static let lock = SQLText.locking("SELECT \(columns) FROM shop_settings s WHERE s.key = $1", of: "s")

    private static let team: SQLText = "SELECT 1 FROM teams WHERE id = $1"

    private static let update: SQLText =
        "UPDATE shop_settings SET value = $2, version = $3, changed_ms = $4 WHERE key = $1"

    private static let present: SQLText = "SELECT version FROM shop_settings WHERE key = $1"

    private static let changes = """
        SELECT at_ms, actor_kind, actor_id, actor_name, before_json, after_json FROM audit_logs
        WHERE subject_kind = 'setting' AND subject_id = $1 AND action = 'setting.changed'
        """

    private static let history = SQLText("\(changes) ORDER BY seq DESC LIMIT $2")

    /// Versions count from 1, a change each.
    private static let oneVersion = SQLText("\(changes) ORDER BY seq LIMIT 1 OFFSET $2")
}
