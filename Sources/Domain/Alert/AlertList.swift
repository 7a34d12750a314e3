/// What a list of incidents can be narrowed down by; nil leaves it as it is.
package struct AlertFilter: Sendable, Equatable {
    package var state: AlertIncident.State?
    package var rule: AlertRule?

    package init() {}
}

package enum AlertSort: String, SortKey {
    case startedAt = "started_at"

    package static let usual = ListOrder(AlertSort.startedAt, isDescending: true)
}

extension AlertIncident: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "alert", id: id.text) }

    /// As the API shows it.
    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "rule": .string(key.rule.rawValue),
            "subject": .string(key.subject),
            "state": .string(state.rawValue),
            "title": .string(key.title.ar),
            "title_en": .string(key.title.en),
            "message": .string(message.ar),
            "message_en": .string(message.en),
            "started_at": .string(startedAt.rfc3339),
            "fired_at": .optional(firedAt),
            "recovered_at": .optional(recoveredAt),
            "told_at": .optional(toldFiringAt),
            "recovery_told_at": .optional(toldRecoveryAt),
            "version": .integer(version),
        ]
    }
}
