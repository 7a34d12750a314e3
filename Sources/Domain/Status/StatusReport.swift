/// How a part that the hub depends on was found.
package struct StatusFinding: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        case ok
        /// Nothing of it is set: no request was made.
        case notConfigured = "not_configured"
        /// The key was refused, or lacks the right.
        case badCredential = "bad_credential"
        /// A setting is missing or does not fit.
        case badConfig = "bad_config"
        /// Too many requests: the key may be good.
        case limited
        /// No connection, no answer in time, or an answer that is none. Says nothing about the key.
        case unreachable
        case error
    }

    package let outcome: Outcome
    /// For people: what is wrong and what to do. Holds no secret and nothing of an answer's text.
    package let message: StatusMessage

    package init(_ outcome: Outcome, _ message: StatusMessage) {
        self.outcome = outcome
        self.message = message
    }

    package static func notConfigured(_ names: String) -> StatusFinding {
        StatusFinding(.notConfigured, StatusMessage(ar: "غير مُعدّ: أضف \(names)", en: "Not configured: set \(names)."))
    }

    package static func missing(_ names: String) -> StatusFinding {
        StatusFinding(
            .badConfig, StatusMessage(ar: "إعداد ناقص: أضف \(names)", en: "A setting is missing: set \(names)."))
    }
}

/// A sentence in the two languages of the staff.
package struct StatusMessage: Sendable, Equatable {
    package let ar: String
    package let en: String

    package init(ar: String, en: String) {
        self.ar = ar
        self.en = en
    }
}

/// A finding, with when it was made and how long it took.
package struct StatusReport: Sendable, Equatable {
    package let name: String
    package let finding: StatusFinding
    package let latency: Duration
    package let checkedAt: Timestamp

    package init(name: String, finding: StatusFinding, latency: Duration, checkedAt: Timestamp) {
        self.name = name
        self.finding = finding
        self.latency = latency
        self.checkedAt = checkedAt
    }

    package var isConfigured: Bool { finding.outcome != .notConfigured }

    package var document: [String: JSONValue] {
        [
            "name": .string(name),
            "configured": .bool(isConfigured),
            "ok": .bool(finding.outcome == .ok),
            "outcome": .string(finding.outcome.rawValue),
            "message": .string(finding.message.ar),
            "message_en": .string(finding.message.en),
            "latency_ms": .integer(latency.milliseconds),
            "checked_at": .string(checkedAt.rfc3339),
        ]
    }

    /// What is written down of it.
    package var event: AuditEvent {
        var shown = document
        for name in ["name", "checked_at", "message"] { shown[name] = nil }
        return AuditEvent(
            "integration.checked", AuditSubject(kind: "integration", id: name), after: .object(shown))
    }
}
