/// Who is responsible for a conversation.
package struct Assignee: Sendable, Equatable {
    package enum Reference: Sendable, Hashable {
        case user(UserID)
        case team(TeamID)
        case assistant
    }

    package let reference: Reference
    package let name: String

    package init(_ reference: Reference, name: String) {
        self.reference = reference
        self.name = name
    }

    package static let assistant = Assignee(.assistant, name: Participant.assistant.name)

    package func isSame(as other: Assignee?) -> Bool {
        reference == other?.reference
    }

    package var kind: String {
        switch reference {
        case .user: "user"
        case .team: "team"
        case .assistant: "assistant"
        }
    }

    package var id: String {
        switch reference {
        case .user(let id): id.text
        case .team(let id): id.text
        case .assistant: Participant.assistant.id
        }
    }

    package var json: JSONValue {
        .object(["kind": .string(kind), "id": .string(id), "name": .string(name)])
    }

    package init?(json: JSONValue) {
        guard let name = json["name"]?.string, let id = json["id"]?.string else { return nil }
        switch json["kind"]?.string {
        case "user":
            guard let user = UserID(id) else { return nil }
            self.init(.user(user), name: name)
        case "team":
            guard let team = TeamID(id) else { return nil }
            self.init(.team(team), name: name)
        case "assistant":
            guard id == Participant.assistant.id else { return nil }
            self.init(.assistant, name: name)
        default: return nil
        }
    }
}
