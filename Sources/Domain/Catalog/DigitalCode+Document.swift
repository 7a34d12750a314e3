extension DigitalCode: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "code", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "product": .string(product.text),
            "masked": .string(mask.text),
            "state": .string(state.name.rawValue),
            "expires_at": .optional(expiresAt),
            "reserved_until": .optional(state.reservedUntil),
            "order": .optional(recipient?.order),
            "conversation": .optional(recipient?.conversation?.text),
            "allocated_by": .optional(allocatedBy),
            "revoked_because": .optional(revokedBecause),
            "import": .string(importID.text),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}
