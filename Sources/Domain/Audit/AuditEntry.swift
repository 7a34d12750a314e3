/// A row of the audit log, as staff read it.
package struct AuditEntry: Sendable, Equatable {
    /// 1, 2, 3, … without a gap.
    package let seq: Int64
    package let at: Timestamp
    package let actor: AuditActor
    package let event: AuditEvent
    /// Binds the row to the one before it; lower-case hex.
    package let hash: String

    package init(seq: Int64, at moment: Timestamp, actor: AuditActor, event: AuditEvent, hash: String) {
        self.seq = seq
        at = moment
        self.actor = actor
        self.event = event
        self.hash = hash
    }
}

extension AuditEntry: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "log", id: String(seq)) }

    package var document: [String: JSONValue] {
        [
            "seq": .integer(seq),
            "at": .string(at.rfc3339),
            "actor_kind": .string(actor.kind.rawValue),
            "actor_id": .string(actor.id),
            "actor_name": .string(actor.name),
            "address": .optional(actor.address),
            "request_id": .optional(actor.requestID),
            "action": .string(event.action),
            "subject_kind": .string(event.subject.kind),
            "subject_id": .string(event.subject.id),
            "before": event.before ?? .null,
            "after": event.after ?? .null,
            "hash": .string(hash),
        ]
    }
}
