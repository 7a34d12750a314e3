import Domain

/// Configurations and tests of outside services as their tables store them.
enum IntegrationRow {
    // MARK: Configurations

    static let columns = "c.id, c.type, c.enabled, c.field_values, c.created_ms, c.changed_ms, c.version"

    /// Without its secrets.
    static func read(_ row: SQLRow) throws(HubError) -> IntegrationConfig {
        var row = row.reader
        let id = try row.text(IntegrationID.init)
        let type = try row.text(IntegrationType.init)
        let isEnabled = try row.flag()
        let values = try row.json().object ?? [:]
        var config = IntegrationConfig(id: id, type: type, at: try row.moment())
        config.isEnabled = isEnabled
        config.values = values.compactMapValues(\.string)
        config.changedAt = try row.moment()
        config.version = try row.integer()
        return config
    }

    static func insert(_ config: IntegrationConfig) -> SQLStatement {
        SQLStatement(insert, [.id(config.id), .text(config.type.rawValue), .moment(config.createdAt)])
    }

    static func update(_ config: IntegrationConfig) -> SQLStatement {
        let values: [SQLValue] = [
            .id(config.id), .flag(config.isEnabled), .json(.object(config.values.mapValues(JSONValue.string))),
            .moment(config.changedAt), .integer(config.version),
        ]
        return SQLStatement(update, values)
    }

    // MARK: Secrets

    static let secretColumns = "s.config_id, s.field, s.sealed, s.changed_ms"

    static func readSecret(
        _ row: SQLRow
    ) throws(HubError) -> (config: IntegrationID, field: String, secret: IntegrationConfig.KeptSecret) {
        var row = row.reader
        let config = try row.text(IntegrationID.init)
        let field = try row.text()
        let sealed = try row.text(SealedSecret.init)
        return (config, field, IntegrationConfig.KeptSecret(sealed: sealed, changedAt: try row.moment()))
    }

    /// What makes the stored secrets those of the configuration.
    static func replaceSecrets(of config: IntegrationConfig) -> [SQLStatement] {
        [SQLStatement(forget, [.id(config.id)])]
            + config.secrets.sorted { $0.key < $1.key }.map { field, secret in
                let values: [SQLValue] = [
                    .text("\(config.id).\(field)"), .id(config.id), .text(field), .text(secret.sealed.text),
                    .moment(secret.changedAt),
                ]
                return SQLStatement(insertSecret, values)
            }
    }

    // MARK: Tests

    static let testColumns = """
        id, type, config_id, caused_by, outcome, message_ar, message_en, latency_ms, at_ms, actor_kind, actor_id, \
        actor_name
        """

    static func readTest(_ row: SQLRow) throws(HubError) -> IntegrationTest {
        var row = row.reader
        let id = try row.text(IntegrationTestID.init)
        let type = try row.text(IntegrationType.init)
        let config = try row.optionalText(IntegrationID.init)
        let trigger = try row.text(IntegrationTest.Trigger.init)
        let outcome = try row.text(StatusFinding.Outcome.init)
        let message = StatusMessage(ar: try row.text(), en: try row.text())
        let latency = Duration.milliseconds(try row.integer())
        let moment = try row.moment()
        let actor = AuditActor(kind: try row.text(AuditActor.Kind.init), id: try row.text(), name: try row.text())
        return IntegrationTest(
            id: id, type: type, config: config, trigger: trigger, finding: StatusFinding(outcome, message),
            latency: latency, at: moment, by: actor)
    }

    static func insert(_ test: IntegrationTest) -> SQLStatement {
        let values: [SQLValue] = [
            .id(test.id), .text(test.type.rawValue), .optional(test.config?.text), .text(test.trigger.rawValue),
            .text(test.finding.outcome.rawValue), .text(test.finding.message.ar), .text(test.finding.message.en),
            .integer(test.latency.milliseconds), .moment(test.at), .text(test.actor.kind.rawValue),
            .text(test.actor.id), .text(test.actor.name),
        ]
        return SQLStatement(insertTest, values)
    }

    // MARK: Statements

    private static let insert: SQLText = """
        INSERT INTO integration_configs (id, type, enabled, field_values, created_ms, changed_ms, version)
        VALUES ($1, $2, 1, '{}', $3, $3, 0) ON CONFLICT DO NOTHING
        """

    private static let update: SQLText = """
        UPDATE integration_configs SET enabled = $2, field_values = $3, changed_ms = $4, version = $5 WHERE id = $1
        """

    private static let forget: SQLText = "DELETE FROM integration_secrets WHERE config_id = $1"

    private static let insertSecret: SQLText = """
        INSERT INTO integration_secrets (id, config_id, field, sealed, changed_ms) VALUES ($1, $2, $3, $4, $5)
        """

    private static let insertTest = SQLText(
        """
        INSERT INTO integration_test_logs (\(testColumns))
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """)
}
