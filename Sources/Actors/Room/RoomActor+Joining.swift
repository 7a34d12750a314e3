import Domain
import NIOCore
import Wire

/// Joining: the missing events, then live, without a gap between the two.
extension RoomActor {
    func join(_ request: JoinRequest) {
        whenLoaded { room, loaded in
            switch loaded {
            case .failure(let error): room.answer(request, .failure(error))
            case .success: room.admit(request)
            }
        }
    }

    func refusal(of principal: Principal) -> HubError? {
        RoomAccess.refusal(of: principal, room: id, kind: kind, isMember: isMember(principal))
    }

    private func isMember(_ principal: Principal) -> Bool {
        !internalMembers.isEmpty && internalMembers[principal.participant.id] != nil
    }

    private func admit(_ request: JoinRequest) {
        if let refusal = refusal(of: request.principal) {
            answer(request, .failure(refusal))
            return
        }
        add(Member(connection: request.connection, principal: request.principal))
        let who = request.principal.participant
        let change = presence.joined(request.connection.id, who, request.presence)
        if let change { announce(change, except: request.connection.id) }
        // It may have gone to another team since they were let in.
        if case .staff(let user) = request.principal, environment.routing.sight(of: user) != nil { checkSight() }

        switch request.position {
        case .now:
            read(for: request, after: nil)
        case .after(let seq):
            // Beyond what is known here: the client saw at another hub what this one has yet to learn.
            guard seq <= tail.head, let missing = tail.events(after: seq) else {
                read(for: request, after: seq)
                return
            }
            // A resume from memory costs no read of the store, however many come at once.
            if seq > .zero {
                finish(request, page: missing, own: nil)
            } else {
                read(for: request, after: nil)
            }
        }
    }

    /// Reads what memory does not hold: this person's marker, the summary, and older events when `seq` is given.
    private func read(for request: JoinRequest, after seq: SequenceNumber?) {
        Task {
            do {
                let store = environment.rooms
                let state = try await store.readState(of: id, for: request.principal.participant)
                var page: [RoomEvent] = []
                var seen: SequenceNumber?
                if let seq {
                    page = try await store.events(of: id, after: seq, limit: request.limit)
                    if seq > tail.head, let head = try await store.room(id)?.head {
                        headSeen(head)
                        seen = min(seq, head)
                    }
                }
                let own = JoinReply.OwnRead(marker: state.marker, unread: state.unread)
                let summary = try await summary(for: request)
                finish(request, page: joined(page, request), seen: seen, own: own, summary: summary)
            } catch {
                leave(request.connection.id)
                answer(request, .failure(HubError(reporting: error, to: environment.logger)))
            }
        }
    }

    private func summary(for request: JoinRequest) async throws -> ConversationSummary? {
        guard request.principal.isStaff, kind == .conversation else { return nil }
        return try await environment.conversations.summaries(of: [id]).first
    }

    /// A page of the store continued from memory, or what memory alone has.
    private func joined(_ page: [RoomEvent], _ request: JoinRequest) -> ArraySlice<RoomEvent> {
        guard let last = page.last else {
            guard case .after(let seq) = request.position else { return [] }
            return tail.events(after: seq) ?? []
        }
        return (page + (tail.events(after: last.seq) ?? []))[...]
    }

    /// From here to the subscription there is no `await`: nothing can be published in between.
    private func finish(
        _ request: JoinRequest,
        page: ArraySlice<RoomEvent>,
        seen: SequenceNumber? = nil,
        own: JoinReply.OwnRead?,
        summary: ConversationSummary? = nil
    ) {
        // Who left while the store was read is not brought back.
        guard members[request.connection.id] != nil else {
            answer(request, .failure(HubError(.notJoined, "the room was left before the join was done")))
            return
        }
        let events = bounded(page, to: request.limit)
        let position: SequenceNumber =
            switch request.position {
            case .now: tail.head
            case .after(let seq): events.last?.seq ?? max(seen ?? .zero, min(seq, tail.head))
            }
        let isLive = position >= tail.head
        let isListed = presence.count <= environment.limits.maxListedPresence
        let reply = JoinReply(
            room: id,
            // The store may be ahead of what this hub has published.
            head: max(tail.head, position),
            events: events,
            isLive: isLive,
            own: own,
            customerRead: customerRead,
            agentsRead: agentsRead,
            presence: .init(count: presence.count, here: isListed ? presence.here : nil),
            side: request.principal.isStaff ? side : nil,
            conversation: summary,
            place: environment.routing.place(of: id),
            draft: draft
        )
        let subscription = Subscription(topic: topic, audience: request.principal.audience, upTo: position)
        answer(request, .success(reply), isLive ? subscription : nil)
    }

    /// Cuts a page by number and, roughly, by bytes; at least one event stays.
    private func bounded(_ page: ArraySlice<RoomEvent>, to limit: Int) -> [RoomEvent] {
        var bytes = 0
        var events: [RoomEvent] = []
        for event in page.prefix(limit) {
            bytes += 200 + (event.content.body?.plainText.utf8.count ?? 0)
            if bytes > environment.limits.maxJoinBytes, !events.isEmpty { break }
            events.append(event)
        }
        return events
    }

    private func answer(
        _ request: JoinRequest,
        _ result: Result<JoinReply, HubError>,
        _ subscription: Subscription? = nil
    ) {
        let connection = request.connection
        switch request.answer {
        case .part(let take):
            if let subscription { connection.lane.post(.subscribe(connection.socket, subscription, frame: nil)) }
            take(result)
        case .reply(let id):
            switch result {
            case .failure(let error): connection.refuse(error, id: id)
            case .success(let reply):
                let frame = id.map { id in Reply.ok(id) { reply.write(for: request.principal.audience, into: &$0) } }
                if let subscription {
                    connection.lane.post(.subscribe(connection.socket, subscription, frame: frame))
                } else {
                    // A page: who was live in the room and joins again is not, until the last page.
                    connection.lane.post(.unsubscribe(connection.socket, topic))
                    if let frame { connection.send(frame) }
                }
            }
        }
    }
}
