extension Lead: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "lead", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "contact": .optional(contact?.text),
            "name": .optional(name),
            "phone": .optional(phone),
            "email": .optional(email),
            "source": .string(source),
            "state": .string(state.rawValue),
            "owner": .optional(owner?.text),
            "notes": .optional(notes),
            "value": .optional(value),
            "currency": .string(currency.code),
            "deal": .optional(deal?.text),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }

    package var trace: [String: JSONValue] { document.hiding(["name", "phone", "email", "notes"]) }
}
