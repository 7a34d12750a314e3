import Actors
import Domain
import HTTPTypes
import Hummingbird

/// Who waits and why, who is here, and what people decide by hand.
///
/// Policies are settings of the shop (`routing.*`) and members of teams; an agent's capacity is a member of the user.
struct RoutingRoutes: EndpointGroup {
    let routing: RoutingActor

    private static let room = "/routing/rooms/{room}"

    let title = "Routing"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/routing/queue", id: "getRoutingQueue",
                summary: "Everybody who waits, team by team in the order in which they are served.", right: .chat,
                answers: [Endpoint.Answer(status: .ok, note: "Now.", content: .json(RoutingDescription.queue))],
                run: queue),
            Endpoint(
                method: .get, path: "/routing/agents", id: "getRoutingAgents",
                summary: "Who is here, with what they have and can take.", right: .chat,
                answers: [Endpoint.Answer(status: .ok, note: "Now.", content: .json(RoutingDescription.agents))],
                run: agents),
            action("accept", "acceptConversation", "Take the conversation that one is asked to take.", accept),
            action("decline", "declineConversation", "Do not take it; somebody else is asked.", decline),
            action(
                "transfer", "transferConversation", "Hand a conversation that one has to a person or a team.",
                body: RoutingDescription.transfer, transfer),
            action(
                "override", "overrideConversation",
                "Give a conversation to an agent, whatever policy and capacity say, or back to the queue.",
                right: .routingManage, body: RoutingDescription.override, override),
            action(
                "rank", "rankConversation", "Say how urgent a waiting conversation is, and which skills it needs.",
                right: .routingManage, body: RoutingDescription.rank, rank),
        ]
    }

    private func action(
        _ name: String,
        _ id: String,
        _ summary: String,
        right: Right = .chat,
        body: Schema? = nil,
        _ run: @escaping @Sendable (Call) async throws -> RoutingAction
    ) -> Endpoint {
        Endpoint(
            method: .post, path: "\(Self.room)/\(name)", id: id, summary: summary, right: right,
            body: body.map { .json($0) } ?? .none,
            answers: [Endpoint.Answer(status: .noContent, note: "It is done."), .conflict]
        ) { call in
            let action = try await run(call)
            try await routing.ask(
                action.wish, as: call.caller.user, note: action.note,
                auditedFor: action.isAudited ? call.actor : nil)
            return Response(status: .noContent)
        }
    }

    private struct RoutingAction {
        let wish: RoutingWish
        var note: (author: Participant, text: String)?
        var isAudited = false
    }

    private func queue(_ call: Call) async throws -> Response {
        let answer = RoutingDescription.queue(try await routing.picture(for: call.caller.user), at: call.at)
        return .json { $0.value(answer) }
    }

    private func agents(_ call: Call) async throws -> Response {
        let answer = RoutingDescription.agents(try await routing.picture())
        return .json { $0.value(answer) }
    }

    private func accept(_ call: Call) async throws -> RoutingAction {
        RoutingAction(wish: .accept(try call.id("room"), by: call.caller.user.id))
    }

    private func decline(_ call: Call) async throws -> RoutingAction {
        RoutingAction(wish: .decline(try call.id("room"), by: call.caller.user.id))
    }

    private func transfer(_ call: Call) async throws -> RoutingAction {
        let to = try call.body.text("to") ?? ""
        guard let target = UserID(to).map(Transfer.Target.agent) ?? TeamID(to).map(Transfer.Target.team) else {
            throw HubError.notFound("to is no user and no team")
        }
        let fallback: RoutingDescription.FallbackChoice = try call.body.choice("fallback") ?? .stay
        let note = try call.body.text("note") ?? ""
        let user = call.caller.user
        let transfer = Transfer(
            room: try call.id("room"), from: user.id, to: target, note: note,
            fallback: fallback == .stay ? .stay : .queue(try call.body.id("fallback_team")))
        return RoutingAction(wish: .transfer(transfer), note: (user.participant, note))
    }

    private func override(_ call: Call) async throws -> RoutingAction {
        RoutingAction(wish: .override(try call.id("room"), to: try call.body.id("agent")), isAudited: true)
    }

    private func rank(_ call: Call) async throws -> RoutingAction {
        let skills = Set(try call.body.texts("skills") ?? [])
        let priority = try call.body.integer("priority") ?? 0
        return RoutingAction(
            wish: .rank(try call.id("room"), priority: priority, skills: skills), isAudited: true)
    }
}
