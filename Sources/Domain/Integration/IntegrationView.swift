/// A service as its owner sees it: every field with its value, secrets masked.
package struct IntegrationView: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        package let field: IntegrationField
        /// A mask in place of a secret; nil when there is none.
        package let value: String?
        package let source: IntegrationValues.Source?
    }

    package let type: IntegrationType
    /// Nil while nothing is stored.
    package let config: IntegrationID?
    package let isEnabled: Bool
    package let lines: [Line]
    package let missing: [String]
    /// The newest first.
    package let tests: [IntegrationTest]
    /// What was sent in the last hour; nil for a service over which nothing leaves.
    package let sends: ChannelSends?
    /// 0 while nothing is stored.
    package let version: Int64
    package let changedAt: Timestamp?
    /// Whether the hub that answers works with what is stored; false for the moment after a change.
    package let isTakenUp: Bool
    /// What the hub keeps up by itself.
    package let upkeep: [UpkeepNote]

    /// - Parameters:
    ///   - stored: Nil while nothing is.
    ///   - used: The version that the hub works with; 0 for none.
    package init(
        _ values: IntegrationValues,
        stored: IntegrationConfig?,
        used: Int64,
        tests: [IntegrationTest],
        sends: ChannelSends? = nil,
        upkeep: [UpkeepNote] = []
    ) {
        type = values.type
        config = stored?.id
        isEnabled = stored?.isEnabled ?? true
        lines = values.type.fields.map { field in
            let value = values[field.name].map { field.isSecret ? SecretMask(of: $0).text : $0 }
            return Line(field: field, value: value, source: values.source(of: field.name))
        }
        missing = values.missing
        self.tests = tests
        self.sends = sends
        self.upkeep = upkeep
        version = stored?.version ?? 0
        changedAt = stored?.changedAt
        isTakenUp = version == used
    }

    /// Whether it has all that it needs.
    package var isConfigured: Bool { missing.isEmpty }

    package var health: HealthScore? { HealthScore(tests.map(\.finding.outcome), sends: sends) }
}

extension IntegrationView: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "integration", id: type.rawValue) }

    package var document: [String: JSONValue] {
        [
            "type": .string(type.rawValue),
            "title": .string(type.title.ar),
            "title_en": .string(type.title.en),
            "integration_config_id": .optional(config?.text),
            "enabled": .bool(isEnabled),
            "configured": .bool(isConfigured),
            "missing": .array(missing.map(JSONValue.string)),
            "fields": .array(lines.map(\.document)),
            "health_score": .optional(health.map { Int64($0.value) }),
            "health_reasons": .array((health?.reasons ?? []).map { .string($0.rawValue) }),
            "sends_last_hour": sends.map { ["sent": .integer($0.sent), "failed": .integer($0.failed)] } ?? .null,
            "last_test": tests.first.map { .object($0.document) } ?? .null,
            "taken_up": .bool(isTakenUp),
            "upkeep": .array(upkeep.map(\.document)),
            "version": .integer(version),
            "updated_at": .optional(changedAt),
        ]
    }
}

extension IntegrationView.Line {
    fileprivate var document: JSONValue {
        [
            "name": .string(field.name),
            "kind": .string(field.kind.rawValue),
            "required": .bool(field.isRequired),
            "kept": .bool(field.isKept),
            "label": .string(field.label.ar),
            "label_en": .string(field.label.en),
            "default": .optional(field.standard),
            "value": .optional(value),
            "source": .optional(source?.rawValue),
        ]
    }
}
