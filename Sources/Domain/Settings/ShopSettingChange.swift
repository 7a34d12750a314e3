/// One entry of a setting's history.
package struct ShopSettingChange: Sendable, Equatable {
    /// That it made; 1 for the first change.
    package let version: Int64
    package let at: Timestamp
    package let actor: AuditActor
    package let before: JSONValue?
    package let after: JSONValue?
    /// Whether it went back to the default.
    package let isDefault: Bool

    package init(
        version: Int64,
        at moment: Timestamp,
        actor: AuditActor,
        before: JSONValue?,
        after: JSONValue?,
        isDefault: Bool
    ) {
        self.version = version
        at = moment
        self.actor = actor
        self.before = before
        self.after = after
        self.isDefault = isDefault
    }

    package var document: [String: JSONValue] {
        [
            "version": .integer(version),
            "at": .string(at.rfc3339),
            "by": .object([
                "kind": .string(actor.kind.rawValue), "id": .string(actor.id), "name": .string(actor.name),
            ]),
            "before": before ?? .null,
            "after": after ?? .null,
        ]
    }
}
