/// A group of staff that conversations can be handed to.
package struct Team: Versioned, Sendable, Equatable {
    package let id: TeamID
    /// Rises with every change.
    package var version: Int64
    package var nameAr: String
    package var nameEn: String?
    /// Labels of what it is good at; routing looks for them.
    package var skills: [String]
    /// Sorted.
    package var members: [UserID]
    /// How its conversations find their agent; nil as the shop does. So also the two below.
    package var routingPolicy: RoutingPolicy.Choice?
    package var lastAgentFirst: Bool?
    package var asksFirst: Bool?
    /// Nil for those of the shop.
    package var hours: TeamHours?
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    package init(id: TeamID, at moment: Timestamp) {
        self.id = id
        version = 1
        nameAr = ""
        skills = []
        members = []
        createdAt = moment
        changedAt = moment
    }

    package var searchText: String {
        ([nameAr, nameEn].compactMap(\.self) + skills).joined(separator: " ")
    }
}

extension Team: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "team", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "name_ar": .string(nameAr),
            "name_en": .optional(nameEn),
            "skills": .array(skills.map(JSONValue.string)),
            "members": .array(members.map { .string($0.text) }),
            "routing_policy": .optional(routingPolicy?.rawValue),
            "last_agent_first": lastAgentFirst.map(JSONValue.bool) ?? .null,
            "asks_first": asksFirst.map(JSONValue.bool) ?? .null,
            "hours": hours?.json ?? .null,
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}
