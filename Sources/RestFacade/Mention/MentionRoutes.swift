import Actors
import Domain
import Hummingbird

/// Where colleagues called one by name. Reading a room marks those in it as read.
struct MentionRoutes: EndpointGroup {
    let mentions: any MentionStore
    let routing: RoutingActor

    let title = "Mentions"

    var endpoints: [Endpoint] {
        [
            .list(
                "/mentions", "listMentions", "Where one was mentioned, the latest first.",
                of: MentionDescription.resource, right: .chat, sorts: MentionSort.self,
                filters: MentionDescription.filters, isSearchable: false, run: list)
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let user = call.caller.user
        let filter = MentionFilter(
            user: user.id, sight: routing.sight(of: user), isUnread: try call.query.bool("unread"))
        let request: ListRequest<MentionSort, _> = try ListParameters.request(call.query, filter: filter)
        return .page(try await mentions.mentions(request), of: request, document: \.document)
    }
}
