/// What a test of a connection found, as it is kept.
package struct IntegrationTest: Sendable, Equatable {
    package enum Trigger: String, Sendable, CaseIterable {
        /// Somebody pressed the button.
        case manual
        /// The hub looked by itself.
        case scheduled
    }

    package let id: IntegrationTestID
    package let type: IntegrationType
    /// Nil when values were tried that are not kept.
    package let config: IntegrationID?
    package let trigger: Trigger
    package let finding: StatusFinding
    package let latency: Duration
    package let at: Timestamp
    /// Who pressed it.
    package let actor: AuditActor

    package init(
        id: IntegrationTestID,
        type: IntegrationType,
        config: IntegrationID?,
        trigger: Trigger,
        finding: StatusFinding,
        latency: Duration,
        at moment: Timestamp,
        by actor: AuditActor
    ) {
        self.id = id
        self.type = type
        self.config = config
        self.trigger = trigger
        self.finding = finding
        self.latency = latency
        at = moment
        self.actor = actor
    }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "type": .string(type.rawValue),
            "integration_config_id": .optional(config?.text),
            "trigger": .string(trigger.rawValue),
            "ok": .bool(finding.outcome == .ok),
            "outcome": .string(finding.outcome.rawValue),
            "message": .string(finding.message.ar),
            "message_en": .string(finding.message.en),
            "latency_ms": .integer(latency.milliseconds),
            "at": .string(at.rfc3339),
            "by": .string(actor.name),
        ]
    }

    /// What is written down of it.
    package var event: AuditEvent {
        AuditEvent(
            "integration.tested", AuditSubject(kind: "integration", id: type.rawValue),
            after: ["outcome": .string(finding.outcome.rawValue), "latency_ms": .integer(latency.milliseconds)])
    }
}
