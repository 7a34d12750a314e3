import Domain

/// Decides what one transaction writes for many rooms. No I/O; `AppendPlan` decides for each room.
///
/// The driver reads what `rooms`, `mids` and `targets` name, under lock, and then asks for the `Decision`.
struct AppendBatch: Sendable {
    struct RoomSeq: Hashable, Sendable {
        let room: RoomID
        let seq: SequenceNumber
    }

    struct RoomUser: Hashable, Sendable {
        let room: RoomID
        let user: UserID
    }

    struct RoomMID: Hashable, Sendable {
        let room: RoomID
        let mid: AppendPlan.AuthoredMID
    }

    /// What the transaction read.
    struct Found: Sendable {
        /// The locked rows of the rooms and of their parents.
        var rooms: [RoomID: RoomRow] = [:]
        var known: [RoomMID: RoomEvent] = [:]
        var targets: [RoomSeq: AppendPlan.Target] = [:]
        /// Customers' messages after each of `seen`, in rising order.
        var missed: [RoomSeq: [RoomEvent]] = [:]
        /// Active members of staff whom drafts mention, by the room where.
        var colleagues: [RoomID: [UserID: MentionRule.Colleague]] = [:]
        /// Of the database that it comes from, and what is written goes to.
        var texts: TextCloak?
    }

    /// What the transaction writes, and what it answers.
    struct Decision: Sendable {
        /// In the order of the requests.
        var results: [AppendResult]
        var events: [RoomEvent] = []
        /// Rows that changed, by their new state.
        var changed: [RoomID: RoomRow] = [:]
        /// What the events owe to customers elsewhere.
        var owed: [OutboxEntry] = []
        /// Messages of other channels, and where they stand now.
        var brought: [Brought] = []
        /// Messages that were deleted, and are owed no more.
        var withdrawn: [RoomSeq] = []
        /// Conversations that routing should look at.
        var signals: [RoutingSignal] = []
        /// Seals what of it holds codes.
        var texts: TextCloak?
    }

    /// A message of another channel that was appended.
    struct Brought: Sendable {
        let origin: MessageOrigin
        let author: Participant
        let place: WhatsAppPlace
    }

    private let requests: [AppendRequest]

    /// Throws `internal` when a room is named twice: its drafts belong into one request.
    init(_ requests: [AppendRequest]) throws(HubError) {
        guard Set(requests.map(\.room)).count == requests.count else {
            throw HubError(.internal, "An append names a room twice.")
        }
        self.requests = requests
    }

    var rooms: [RoomID] { requests.map(\.room).sorted() }

    var mids: [RoomMID] {
        var mids: Set<RoomMID> = []
        for request in requests {
            for draft in request.drafts where draft.isStorable {
                mids.insert(RoomMID(room: request.room, mid: draft.authoredMID))
                if let event = draft.runEvent { mids.insert(RoomMID(room: request.room, mid: event)) }
            }
        }
        return Array(mids)
    }

    /// The messages that drafts refer to.
    var targets: [RoomSeq] {
        var targets: Set<RoomSeq> = []
        for request in requests {
            for draft in request.drafts {
                guard let seq = draft.content.target ?? draft.content.replyTo else { continue }
                targets.insert(RoomSeq(room: request.room, seq: seq))
            }
        }
        return Array(targets)
    }

    /// The last messages that authors of messages say they saw.
    var seen: [RoomSeq] {
        var seen: Set<RoomSeq> = []
        for request in requests {
            for draft in request.drafts {
                if let seq = draft.basis.seen { seen.insert(RoomSeq(room: request.room, seq: seq)) }
            }
        }
        return Array(seen)
    }

    /// Whom drafts mention.
    var mentioned: [RoomUser] {
        var mentioned: Set<RoomUser> = []
        for request in requests {
            for draft in request.drafts {
                for person in draft.content.mentioning?.people ?? [] {
                    mentioned.insert(RoomUser(room: request.room, user: person.user))
                }
            }
        }
        return Array(mentioned)
    }

    func decide(_ found: Found, now: Timestamp) -> Decision {
        var rows = found.rooms
        var results: [Int: AppendResult] = [:]
        var decision = Decision(results: [])
        decision.texts = found.texts
        // A side event's anchor is the head of its conversation after this commit, so conversations come first.
        let isSide = requests.map { rows[$0.room]?.room.kind == .side }
        let order = requests.indices.filter { !isSide[$0] } + requests.indices.filter { isSide[$0] }
        for index in order {
            let request = requests[index]
            guard var row = rows[request.room] else {
                results[index] = Self.unknownRoom(request, now)
                continue
            }
            let anchor = row.room.parent.flatMap { rows[$0]?.room.head }
            let (outcomes, plan) = plan(request, row, found, anchor: anchor, now)
            if !plan.events.isEmpty {
                if let signal = RoutingSignal(
                    plan.room.id, from: row.room.conversation, to: plan.room.conversation, plan.events)
                {
                    decision.signals.append(signal)
                }
                row = RoomRow(room: plan.room, changedAt: max(now, row.changedAt), line: row.line)
                rows[request.room] = row
                decision.changed[request.room] = row
                decision.events += plan.events
                if let line = row.line { decision.owe(for: plan.events, line) }
                decision.bring(request, outcomes)
                if let parent = row.room.parent, var parentRow = rows[parent] {
                    // The inbox shows the head of the side room.
                    parentRow.changedAt = max(now, parentRow.changedAt)
                    rows[parent] = parentRow
                    decision.changed[parent] = parentRow
                }
            }
            results[index] = AppendResult(
                outcomes: outcomes,
                events: plan.events,
                room: row.room,
                changedAt: row.changedAt,
                concernsRouting: decision.signals.last?.room == request.room
            )
        }
        decision.results = requests.indices.compactMap { results[$0] }
        return decision
    }

    private func plan(
        _ request: AppendRequest,
        _ row: RoomRow,
        _ found: Found,
        anchor: SequenceNumber?,
        _ now: Timestamp
    ) -> (outcomes: [AppendPlan.Outcome], plan: AppendPlan) {
        let room = row.room
        var past = AppendPlan.Past(colleagues: found.colleagues[room.id] ?? [:], anchor: anchor)
        for draft in request.drafts {
            past.byMID[draft.authoredMID] = found.known[RoomMID(room: room.id, mid: draft.authoredMID)]
            if let event = draft.runEvent { past.byMID[event] = found.known[RoomMID(room: room.id, mid: event)] }
            if let seen = draft.basis.seen { past.missed[seen] = found.missed[RoomSeq(room: room.id, seq: seen)] }
            guard let seq = draft.content.target ?? draft.content.replyTo else { continue }
            past.targets[seq] = found.targets[RoomSeq(room: room.id, seq: seq)]
        }
        let plan = AppendPlan(drafts: request.drafts.filter(\.isStorable), room: room, past: past, now: now)
        var planned = plan.outcomes.makeIterator()
        let outcomes = request.drafts.compactMap { draft in
            draft.isStorable ? planned.next() : .rejected(.unstorableText)
        }
        return (outcomes, plan)
    }

    private static func unknownRoom(_ request: AppendRequest, _ now: Timestamp) -> AppendResult {
        AppendResult(
            outcomes: request.drafts.map { _ in .rejected(.notFound("room \(request.room) does not exist")) },
            events: [],
            room: nil,
            changedAt: now
        )
    }
}

extension AppendBatch.Decision {
    fileprivate mutating func bring(_ request: AppendRequest, _ outcomes: [AppendPlan.Outcome]) {
        for (draft, outcome) in zip(request.drafts, outcomes) {
            guard let origin = draft.origin, case .appended(let seq, _) = outcome else { continue }
            let place = WhatsAppPlace(room: request.room, seq: seq)
            brought.append(AppendBatch.Brought(origin: origin, author: draft.author, place: place))
        }
    }

    fileprivate mutating func owe(for events: [RoomEvent], _ line: OutboundLine) {
        for event in events {
            owed += line.owed(for: event)
            if case .deletion(let target) = event.content {
                withdrawn.append(AppendBatch.RoomSeq(room: event.room, seq: target))
            }
        }
    }
}

extension Draft {
    fileprivate var authoredMID: AppendPlan.AuthoredMID { AppendPlan.AuthoredMID(author: author, mid: mid) }
}
