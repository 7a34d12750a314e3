import Domain

/// How outside services are connected, over either database.
struct SQLIntegrationStore: IntegrationStore {
    let database: any SQLDatabase

    func configs() async throws -> [IntegrationConfig] {
        try await database.snapshot { session in
            try Self.withSecrets(
                session.execute(Self.all).map(IntegrationRow.read), session.execute(Self.allSecrets))
        }
    }

    func config(_ type: IntegrationType) async throws -> IntegrationConfig? {
        try await database.snapshot { session in
            try Self.withSecrets(
                session.execute(Self.byType, [.text(type.rawValue)]).map(IntegrationRow.read),
                session.execute(Self.secretsByType, [.text(type.rawValue)])
            ).first
        }
    }

    func versions() async throws -> [IntegrationType: Int64] {
        try await database.read { session in
            var versions: [IntegrationType: Int64] = [:]
            for row in try session.execute(Self.allVersions) {
                var row = row.reader
                versions[try row.text(IntegrationType.init)] = try row.integer()
            }
            return versions
        }
    }

    func keep(
        _ type: IntegrationType,
        expected: Int64?,
        _ writing: Writing<IntegrationConfig>,
        _ edit: @escaping @Sendable (inout IntegrationConfig) throws -> Void
    ) async throws -> IntegrationConfig {
        try await database.write(writing) { session in
            // There must be a row to lock, so that two who make it come one after the other.
            let fresh = IntegrationConfig(id: .make(at: writing.at), type: type, at: writing.at)
            let found = try session.batch([
                IntegrationRow.insert(fresh), SQLStatement(Self.lock, [.text(type.rawValue)]),
            ])
            let secrets = try session.execute(Self.secretsByType, [.text(type.rawValue)])
            guard let old = try Self.withSecrets(found[1].map(IntegrationRow.read), secrets).first else {
                throw HubError(.internal, "A configuration that was made is not there.")
            }
            return try Change(of: old, expected: expected, at: writing.at, edit) { new in
                [IntegrationRow.update(new)] + IntegrationRow.replaceSecrets(of: new)
            }
        }.value()
    }

    func record(_ test: IntegrationTest) async throws {
        let writing = Writing<IntegrationTest>(by: test.actor, at: test.at)
        _ = try await database.write(writing) { session in
            Change(test, try Self.isNews(test, session) ? test.event : nil, statements: [IntegrationRow.insert(test)])
        }
    }

    /// A check by the clock that finds what the last one found is no news for the audit log.
    private static func isNews(_ test: IntegrationTest, _ session: any SQLSession) throws -> Bool {
        switch test.trigger {
        case .manual: return true
        case .scheduled:
            let last = try session.execute(tests, [.text(test.type.rawValue), .count(1)]).first
            return try last.map(IntegrationRow.readTest)?.finding.outcome != test.finding.outcome
        }
    }

    func tests(of type: IntegrationType, limit: Int) async throws -> [IntegrationTest] {
        try await database.read { session in
            try session.execute(Self.tests, [.text(type.rawValue), .count(limit)]).map(IntegrationRow.readTest)
        }
    }

    private static func withSecrets(
        _ configs: [IntegrationConfig],
        _ rows: [SQLRow]
    ) throws(HubError) -> [IntegrationConfig] {
        var byID: [IntegrationID: [String: IntegrationConfig.KeptSecret]] = [:]
        for row in rows {
            let (config, field, secret) = try IntegrationRow.readSecret(row)
            byID[config, default: [:]][field] = secret
        }
        return configs.map { config in
            var config = config
            config.secrets = byID[config.id] ?? [:]
            return config
        }
    }

    // MARK: Statements

    private static let all = SQLText(
        "SELECT \(IntegrationRow.columns) FROM integration_configs c WHERE c.version > 0 ORDER BY c.type")

    private static let allVersions: SQLText = "SELECT type, version FROM integration_configs WHERE version > 0"

    private static let byType = SQLText(
        "SELECT \(IntegrationRow.columns) FROM integration_configs c WHERE c.type = $1 AND c.version > 0")

    private static let lock = SQLText.locking(
        "SELECT \(IntegrationRow.columns) FROM integration_configs c WHERE c.type = $1", of: "c")

    private static let allSecrets = SQLText("SELECT \(IntegrationRow.secretColumns) FROM integration_secrets s")

    private static let secretsByType = SQLText(
        """
        SELECT \(IntegrationRow.secretColumns) FROM integration_secrets s
        JOIN integration_configs c ON c.id = s.config_id WHERE c.type = $1
        """)

    private static let tests = SQLText(
        """
        SELECT \(IntegrationRow.testColumns) FROM integration_test_logs
        WHERE type = $1 ORDER BY at_ms DESC, id DESC LIMIT $2
        """)
}
