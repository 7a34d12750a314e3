import Domain

/// Queues and agents as the API describes them.
enum RoutingDescription {
    private static let team = Schema.nullable(.id(TeamID.self))

    private static let estimate = Schema.nullable(
        .object(
            ObjectSchema(
                name: "WaitingEstimate",
                members: [
                    .required("from_ms", .count), .required("to_ms", .count, "About two of three wait within it."),
                ]
            )))

    private static let place = Schema.object(
        ObjectSchema(
            name: "QueuePlace",
            members: [
                .required("room", .id(RoomID.self)),
                .required("team", team, "Null for the queue that everybody serves."),
                .required("channel", .choice(Conversation.Channel.self)),
                .required("position", .count, "1 is next."),
                .required("since", .moment),
                .required("priority", priority),
                .required("skills", skills),
                .required("wait", estimate, "Null when nobody can know."),
                .required("reason", .choice(QueuePlace.Reason.self), "Why they wait."),
                .required("offered_to", .nullable(.id(UserID.self)), "Who is being asked."),
            ]
        ))

    static let queue = Schema.object(
        ObjectSchema(
            name: "RoutingQueue", members: [.required("waiting", .list(place, count: 0...Int(Schema.maxExactInteger)))]
        ))

    private static let agent = Schema.object(
        ObjectSchema(
            name: "RoutingAgent",
            members: [
                .required("id", .id(UserID.self)),
                .required("name", .anyText),
                .required("presence", .choice(PresenceState.self)),
                .required("since", .moment, "Since when they have been so."),
                .required("capacity", .count, "In hundredths of a conversation."),
                .required("load", .count, "What they have and are asked, in hundredths of a conversation."),
                .required("held", .count, "Conversations."),
                .required("teams", .list(.id(TeamID.self), count: 0...1000)),
                .required("skills", .list(.anyText, count: 0...50_000)),
            ]
        ))

    static let agents = Schema.object(
        ObjectSchema(
            name: "RoutingAgents", members: [.required("agents", .list(agent, count: 0...Int(Schema.maxExactInteger)))]
        ))

    static let transfer = Schema.object(
        ObjectSchema(
            name: "RoutingTransfer",
            members: [
                .required("to", .line(64), "The id of a user or of a team."),
                .optional("note", .prose(Transfer.maxNoteLength), "For colleagues, in the side room."),
                .optional(
                    "fallback", .choice(FallbackChoice.self),
                    "When they cannot take it: it stays, or goes to the queue of `fallback_team`."),
                .optional(
                    "fallback_team", .nullable(.id(TeamID.self)), "Null for the queue that everybody serves."),
            ]
        ))

    static let override = Schema.object(
        ObjectSchema(
            name: "RoutingOverride",
            members: [.required("agent", .nullable(.id(UserID.self)), "Null for back to the queue.")]))

    static let rank = Schema.object(
        ObjectSchema(
            name: "RoutingRank", members: [.required("priority", priority), .required("skills", skills)]))

    private static let priority = Schema.integer(RoutingWish.priorities)

    private static let skills = Schema.list(.line(50), count: 0...RoutingWish.maxSkills)

    enum FallbackChoice: String, CaseIterable {
        case stay, queue
    }

    // MARK: Answers

    static func queue(_ picture: RoutingPicture, at now: Timestamp) -> JSONValue {
        let places = picture.state.places(picture.rules, at: now)
        return .object(["waiting": .array(places.compactMap { document(of: $0, picture.state) })])
    }

    private static func document(of place: QueuePlace, _ state: RoutingState) -> JSONValue? {
        guard let entry = state.entries[place.room] else { return nil }
        let wait: JSONValue =
            switch place.estimate {
            case .unknown: .null
            case .between(let from, let to):
                .object(["from_ms": .integer(from.milliseconds), "to_ms": .integer(to.milliseconds)])
            }
        return .object([
            "room": .string(place.room.text),
            "team": .optional(place.team?.text),
            "channel": .string(entry.channel.rawValue),
            "position": .integer(Int64(place.position)),
            "since": .string(entry.enteredAt.rfc3339),
            "priority": .integer(entry.priority),
            "skills": .array(entry.skills.sorted().map(JSONValue.string)),
            "wait": wait,
            "reason": .string(place.reason.rawValue),
            "offered_to": .optional(state.offers[place.room]?.agent.text),
        ])
    }

    static func agents(_ picture: RoutingPicture) -> JSONValue {
        let state = picture.state
        let loads = state.loads(picture.rules.weights)
        var held: [UserID: Int64] = [:]
        for holding in state.holdings.values { held[holding.agent, default: 0] += 1 }
        let agents = state.agents.values.sorted { $0.id < $1.id }.map { agent in
            JSONValue.object([
                "id": .string(agent.id.text),
                "name": .string(picture.names[agent.id] ?? agent.id.text),
                "presence": .string(agent.presence.rawValue),
                "since": .string(agent.presentSince.rfc3339),
                "capacity": .integer(agent.capacity.hundredths),
                "load": .integer((loads[agent.id] ?? .none).hundredths),
                "held": .integer(held[agent.id] ?? 0),
                "teams": .array(agent.teams.sorted().map { .string($0.text) }),
                "skills": .array(agent.skills.sorted().map(JSONValue.string)),
            ])
        }
        return .object(["agents": .array(agents)])
    }
}
