import Actors
import Domain
import HTTPTypes
import Hummingbird

/// How much there is to do. The conversations themselves come over the socket (docs/protocol.md, `inbox`).
struct InboxRoutes: EndpointGroup {
    let conversations: any ConversationStore
    let routing: RoutingActor

    let title = "Inbox"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/inbox/counts", id: "getInboxCounts",
                summary: "How many conversations each filter of the inbox has that are not resolved.", right: .chat,
                answers: [.init(status: .ok, note: "As the caller sees them.", content: .json(Self.document))],
                run: count)
        ]
    }

    private func count(_ call: Call) async throws -> Response {
        let user = call.caller.user
        let counts = try await conversations.inboxCounts(for: user.id, sight: routing.sight(of: user))
        return .json { $0.value(counts.json) }
    }

    private static let labelCount = Schema.object(
        ObjectSchema(
            name: "LabelCount", members: [.required("label", .id(LabelID.self)), .required("count", .count)]))

    private static let document = Schema.object(
        ObjectSchema(
            name: "InboxCounts",
            members: [
                .required("all", .count), .required("mine", .count), .required("unassigned", .count),
                .required("late", .count, "With a promise of time that was broken."),
                .required("open", .count), .required("pending", .count), .required("snoozed", .count),
                .required(
                    "labels", .list(labelCount, count: 0...10_000), "Labels without a conversation are left out."),
            ]
        ))
}

extension InboxCounts {
    fileprivate var json: JSONValue {
        func number(_ count: Int) -> JSONValue { .integer(Int64(count)) }
        func number(_ state: ConversationState) -> JSONValue { number(states[state] ?? 0) }
        return .object([
            "all": number(all), "mine": number(mine), "unassigned": number(unassigned), "late": number(late),
            "open": number(.open), "pending": number(.pending), "snoozed": number(.snoozed),
            "labels": .array(
                labels.sorted { $0.key < $1.key }.map {
                    .object(["label": .string($0.key.text), "count": number($0.value)])
                }),
        ])
    }
}
