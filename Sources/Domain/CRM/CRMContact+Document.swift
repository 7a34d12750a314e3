extension CRMContact: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "contact", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "name": .string(name),
            "language": .optional(language),
            "company": .optional(company),
            "notes": .optional(notes),
            "labels": .array(labels.map(JSONValue.string)),
            "owner": .optional(owner?.text),
            "fields": .object(fields.mapValues(JSONValue.string)),
            "identities": .array(identities.map(\.json)),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }

    package var trace: [String: JSONValue] {
        document.hiding(["name", "company", "notes", "labels", "fields", "identities"])
    }
}

extension ContactIdentity {
    package var json: JSONValue { .object(["kind": .string(kind.rawValue), "value": .string(value)]) }

    /// Reads what `json` gave.
    package init?(json: JSONValue) {
        guard let kind = json["kind"]?.string.flatMap(Kind.init), let value = json["value"]?.string else { return nil }
        self.init(kind, value)
    }
}
