extension ProgressGoal: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "goal", id: id.text) }

    /// What it says of a person must be erasable.
    package var trace: [String: JSONValue] { document.hiding(["title", "description"]) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "contact": .string(contact.text),
            "title": .string(title),
            "description": .optional(details),
            "unit": .string(unit),
            "start_value": .integer(start),
            "target": .integer(target),
            "current_value": .integer(current),
            "percent": .integer(percent),
            "check_ins": .integer(checkIns),
            "due_at": .optional(dueAt),
            "state": .string(state.rawValue),
            "reached_at": .optional(reachedAt),
            "owner": .optional(owner?.text),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}
