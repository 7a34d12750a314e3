extension Account: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "user", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "email": .string(email),
            "name": .string(name),
            "role": .string(role.rawValue),
            "disabled": .bool(isDisabled),
            "invited": .bool(isInvited),
            "capacity": .integer(capacity),
            "language": .string(language.rawValue),
            "teams": .array(teams.map { .string($0.text) }),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}
