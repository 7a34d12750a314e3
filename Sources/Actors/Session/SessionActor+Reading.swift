import Domain
import Wire

/// Questions: history, inbox and search. They are answered when the store has answered, in no fixed order.
extension SessionActor {
    func history(of room: RoomID, _ page: HistoryPage, id: Int64?, _ link: Link) {
        let connection = link.connection
        let audience = principal.audience
        let principal = principal
        guard isAllowed(room, connection, id) else { return }
        answer(connection, id) { [environment, rooms] in
            try await rooms.authorize(principal, in: room)
            let slice = try await environment.log.history(of: room, page)
            let folded = FoldedHistory(slice)
            return { QueryReplies.write(folded, for: audience, into: &$0) }
        }
    }

    func inbox(_ request: InboxRequest, id: Int64?, _ connection: ConnectionHandle) {
        guard case .staff(let user) = principal else {
            connection.refuse(.forbidden("the inbox is for staff"), id: id)
            return
        }
        environment.inbox.subscribe(connection) { [routing = environment.routing] in routing.sight(of: user) }
        let query = InboxQuery(
            state: request.state,
            assignee: Self.filter(request.assignee, me: user.id),
            label: request.label,
            clock: request.clock,
            changedSince: request.since,
            before: request.before,
            limit: request.limit,
            sight: environment.routing.sight(of: user)
        )
        answer(connection, id) { [environment] in
            let watermark = environment.now() - environment.limits.watermarkOverlap
            let summaries = try await environment.conversations.inbox(query)
            let next =
                summaries.count < query.limit
                ? nil : summaries.last.map { InboxQuery.Cursor(changedAt: $0.changedAt, room: $0.room.id) }
            return { QueryReplies.writeInbox(summaries, watermark: watermark, next: next, into: &$0) }
        }
    }

    func search(_ text: String, in room: RoomID?, limit: Int, id: Int64?, _ connection: ConnectionHandle) {
        guard case .staff(let user) = principal else {
            connection.refuse(.forbidden("search is for staff"), id: id)
            return
        }
        let folded = SearchText.fold(text)
        guard !folded.isEmpty else {
            connection.refuse(.badRequest("q has no letters or digits"), id: id)
            return
        }
        let (principal, sight) = (principal, environment.routing.sight(of: user))
        answer(connection, id) { [environment, rooms] in
            if let room { try await rooms.authorize(principal, in: room) }
            let scope = room.map(SearchScope.room) ?? .everything(visibleTo: user.id, sight: sight)
            let hits = try await environment.log.search(folded, scope: scope, limit: limit)
            return { QueryReplies.write(hits, into: &$0) }
        }
    }

    private func isAllowed(_ room: RoomID, _ connection: ConnectionHandle, _ id: Int64?) -> Bool {
        guard case .visitor(let visitor) = principal, visitor.room != room else { return true }
        connection.refuse(.forbidden("this room is not yours"), id: id)
        return false
    }

    /// Asks the store off this actor and sends what it says.
    private func answer(
        _ connection: ConnectionHandle,
        _ id: Int64?,
        _ question: @escaping @Sendable () async throws -> @Sendable (inout JSONWriter) -> Void
    ) {
        let logger = environment.logger
        Task { @concurrent in
            do {
                let write = try await question()
                if let id { connection.send(Reply.ok(id, write)) }
            } catch {
                connection.refuse(HubError(reporting: error, to: logger), id: id)
            }
        }
    }

    private static func filter(_ assignee: InboxRequest.Assignee, me: UserID) -> InboxQuery.AssigneeFilter? {
        switch assignee {
        case .anybody: nil
        case .nobody: .nobody
        case .me: .user(me)
        case .user(let id): .user(id)
        }
    }
}
