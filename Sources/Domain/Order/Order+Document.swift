extension Order: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "order", id: id.text) }

    package var document: [String: JSONValue] {
        trace.merging(["codes": codes.document]) { $1 }
    }

    /// What happens to codes is written down with them.
    package var trace: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "number": .string(number),
            "source": .string(source.rawValue),
            "external_id": .optional(externalID),
            "contact": .optional(contact?.text),
            "conversation": .optional(conversation?.text),
            "items": .array(items.map(\.document)),
            "total": .integer(total),
            "currency": .string(currency.code),
            "state": .string(state.rawValue),
            "payment": .string(payment.rawValue),
            "placed_at": .string(placedAt.rfc3339),
            "paid_at": .optional(paidAt),
            "delivered_at": .optional(deliveredAt),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}
