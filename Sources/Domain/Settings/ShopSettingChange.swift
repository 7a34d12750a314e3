/// One entry of a setting's history.
package struct ShopSettingChange: Sendable, Equatable {
    package let at: Timestamp
    package let actor: AuditActor
    package let before: JSONValue?
    package let after: JSONValue?

    package init(at moment: Timestamp, actor: AuditActor, before: JSONValue?, after: JSONValue?) {
        at = moment
        self.actor = actor
        self.before = before
        self.after = after
    }

    package var document: [String: JSONValue] {
        [
            "at": .string(at.rfc3339),
            "by": .object([
                "kind": .string(actor.kind.rawValue), "id": .string(actor.id), "name": .string(actor.name),
            ]),
            "before": before ?? .null,
            "after": after ?? .null,
        ]
    }
}
