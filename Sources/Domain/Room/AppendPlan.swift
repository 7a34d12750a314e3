/// Decides what a transaction writes when drafts meet the locked row of their room.
///
/// The store reads the row under lock, the events that already carry a draft's `mid`, and the events the
/// drafts refer to; `AppendPlan` decides; the store writes `events` and `room` in the same transaction. So
/// the rules of numbering, deduplication and ownership hold however many hubs append to one room.
package struct AppendPlan: Sendable {
    /// What became of one draft, in the order of the drafts.
    package enum Outcome: Sendable, Equatable {
        case appended(SequenceNumber, at: Timestamp)
        /// The same write was committed before.
        case duplicate(SequenceNumber, at: Timestamp)
        case rejected(HubError)
    }

    /// What the transaction read about the past of the room.
    package struct Past: Sendable {
        /// Events by the drafts' (author, mid).
        package var byMID: [AuthoredMID: RoomEvent]
        /// The messages that drafts refer to, by their number; absent when there is no message at that number.
        package var targets: [SequenceNumber: Target]
        /// What customers wrote after the message that drafts say was the last one seen, in rising order.
        package var missed: [SequenceNumber: [RoomEvent]]
        /// In a side room: the head of the customer's room.
        package var anchor: SequenceNumber?

        package init(
            byMID: [AuthoredMID: RoomEvent] = [:],
            targets: [SequenceNumber: Target] = [:],
            missed: [SequenceNumber: [RoomEvent]] = [:],
            anchor: SequenceNumber? = nil
        ) {
            self.byMID = byMID
            self.targets = targets
            self.missed = missed
            self.anchor = anchor
        }
    }

    package struct AuthoredMID: Sendable, Hashable {
        package let authorKind: Participant.Kind
        package let authorID: String
        package let mid: MID

        package init(author: Participant, mid: MID) {
            authorKind = author.kind
            authorID = author.id
            self.mid = mid
        }
    }

    /// A message that an edit, a deletion, a reaction or a reply refers to.
    package struct Target: Sendable, Equatable {
        package let author: Participant
        package let kind: MessageBody.Kind
        package var isDeleted: Bool
        /// How far it got outside; nil for what never left or was not heard of.
        package var status: MessageStatus?

        package init(
            author: Participant,
            kind: MessageBody.Kind,
            isDeleted: Bool,
            status: MessageStatus? = nil
        ) {
            self.author = author
            self.kind = kind
            self.isDeleted = isDeleted
            self.status = status
        }
    }

    package private(set) var outcomes: [Outcome] = []
    package private(set) var events: [RoomEvent] = []
    package private(set) var room: Room

    private var past: Past
    private let now: Timestamp

    package init(drafts: [Draft], room: Room, past: Past, now: Timestamp) {
        self.room = room
        self.past = past
        self.now = now
        outcomes.reserveCapacity(drafts.count)
        events.reserveCapacity(drafts.count)
        for draft in drafts { outcomes.append(decide(draft)) }
    }

    private mutating func decide(_ draft: Draft) -> Outcome {
        if let earlier = past.byMID[AuthoredMID(author: draft.author, mid: draft.mid)] {
            guard earlier.content.isSameRequest(as: draft.content) else {
                return .rejected(HubError(.midConflict, "mid \(draft.mid) was used for another write in this room"))
            }
            return .duplicate(earlier.seq, at: earlier.at)
        }
        if let refusal = refusal(of: draft) ?? channelRefusal(of: draft) { return .rejected(refusal) }
        let event = append(draft.content, by: draft.author, mid: draft.mid)
        if let sentAt = draft.origin?.sentAt, event.isMessage || event.isRating, event.author.kind.isCustomer {
            room.conversation?.heard(at: sentAt)
        }
        followUp(event)
        return .appended(event.seq, at: event.at)
    }

    private func refusal(of draft: Draft) -> HubError? {
        switch draft.content {
        case .message(_, let replyTo):
            if let replyTo, past.targets[replyTo] == nil {
                return .notFound("reply_to \(replyTo) is no message of this room")
            }
            return outdated(draft)
        case .edit(let seq, _):
            guard let target = past.targets[seq], !target.isDeleted else { return Self.noMessage(seq) }
            // The hub brings files that come after their message.
            guard draft.author == .hub || target.author.isSamePerson(as: draft.author) else {
                return .forbidden("only its author may edit a message")
            }
            // A contact edits captions as well: another channel has let it happen already.
            return target.kind == .text || draft.author.kind == .contact || draft.author == .hub
                ? nil : .badRequest("only text messages can be edited")
        case .deletion(let seq):
            guard let target = past.targets[seq], !target.isDeleted else { return Self.noMessage(seq) }
            return draft.isModerator || target.author.isSamePerson(as: draft.author)
                ? nil : .forbidden("only its author, a supervisor or an admin may delete a message")
        case .reaction(let seq, _, _):
            guard let target = past.targets[seq], !target.isDeleted else { return Self.noMessage(seq) }
            return nil
        case .status(let seq, let state, _):
            guard let target = past.targets[seq] else { return Self.noMessage(seq) }
            guard let known = target.status, known >= state else { return nil }
            return .conflict("message \(seq) is \(known.rawValue) already")
        case .assignment:
            guard let conversation = room.conversation else { return Self.noConversation }
            guard let epoch = draft.basis.epoch, epoch != conversation.epoch else { return nil }
            return .conflict("the conversation changed hands meanwhile: look whose it is now")
        case .state:
            return room.conversation == nil ? Self.noConversation : nil
        case .membership:
            return room.kind.isInternal ? nil : .badRequest("this room has no members to change")
        case .labels, .clock:
            return room.kind == .side ? nil : Self.noConversation
        case .survey, .rating:
            return room.conversation == nil ? Self.noConversation : nil
        }
    }

    /// What `ReplyRule` says of a message that is to be written.
    private func outdated(_ draft: Draft) -> HubError? {
        guard let conversation = room.conversation, draft.basis != .unsaid else { return nil }
        let reply = ReplyRule.Reply(author: draft.author, seen: draft.basis.seen, epoch: draft.basis.epoch)
        let written = draft.basis.seen.map { (past.missed[$0] ?? []) + events.filter(\.isMessage) } ?? []
        let newer = written.map { ReplyRule.Message($0.seq, by: $0.author.kind) }
        switch ReplyRule.decide(reply, newer: newer, ownership: Ownership(of: conversation)) {
        case .accepted:
            return nil
        case .notOwner:
            return .conflict("the conversation changed hands meanwhile: look whose it is now")
        case .outdated(let seqs):
            return HubError(
                .conflict, "the customer wrote meanwhile: read it, and send again what still fits",
                missed: written.filter { seqs.contains($0.seq) })
        }
    }

    private static let noConversation = HubError.badRequest("this room is no conversation")

    /// Why WhatsApp would not take it, told before it stands in the log.
    private func channelRefusal(of draft: Draft) -> HubError? {
        guard let window = room.conversation?.window, let plan = OutboundPlan(draft.content, by: draft.author) else {
            return nil
        }
        switch plan {
        case .refuse(let problem): return .badRequest(problem.text)
        case .send(let messages):
            return messages.allSatisfy { window.allows($0, at: now) } ? nil : .windowClosed
        }
    }

    private static func noMessage(_ seq: SequenceNumber) -> HubError {
        .notFound("target \(seq) is no message of this room, or was deleted")
    }

    @discardableResult
    private mutating func append(_ content: EventContent, by author: Participant, mid: MID) -> RoomEvent {
        let event = RoomEvent(
            room: room.id,
            seq: room.head.next,
            at: now,
            author: author,
            mid: mid,
            content: numbered(content),
            anchor: past.anchor
        )
        room.head = event.seq
        events.append(event)
        past.byMID[AuthoredMID(author: author, mid: mid)] = event
        apply(event)
        return event
    }

    /// The log gives an assignment its epoch.
    private func numbered(_ content: EventContent) -> EventContent {
        guard case .assignment(let assignee, _) = content, let conversation = room.conversation else { return content }
        return .assignment(to: assignee, epoch: conversation.epoch + 1)
    }

    /// Brings the room's row up to an event.
    private mutating func apply(_ event: RoomEvent) {
        switch event.content {
        case .message(let body, _):
            past.targets[event.seq] = Target(author: event.author, kind: body.kind, isDeleted: false)
            room.last = MessageSummary(seq: event.seq, at: event.at, author: event.author, body: body)
            room.conversation?.received(messageAt: event.at, by: event.author)
        case .edit(let target, let body):
            if room.last?.seq == target { room.last = room.last?.with(body) }
        case .deletion(let target):
            past.targets[target]?.isDeleted = true
            if room.last?.seq == target { room.last = room.last?.with(nil) }
        case .status(let target, let state, _):
            past.targets[target]?.status = state
        case .reaction, .membership, .labels, .clock, .survey, .rating:
            break
        case .assignment(let assignee, let epoch):
            room.conversation?.hand(to: assignee, epoch: epoch)
        case .state(let state, let until):
            room.conversation?.state = state
            room.conversation?.snoozedUntil = state == .snoozed ? until : nil
            if state == .resolved { room.conversation?.waitingSince = nil }
        }
    }

    /// What the hub itself writes because of an event, in the same commit.
    private mutating func followUp(_ event: RoomEvent) {
        guard case .message = event.content, event.author.kind.isCustomer,
            let conversation = room.conversation, conversation.state.reopensOnCustomerMessage
        else { return }
        append(.state(.open, until: nil), by: .hub, mid: .following(event.seq, "reopen"))
    }
}

extension RoomEvent {
    fileprivate var isMessage: Bool {
        if case .message = content { true } else { false }
    }

    /// On another channel it comes as a message.
    fileprivate var isRating: Bool {
        if case .rating = content { true } else { false }
    }
}

extension Conversation {
    /// A message that comes late moves nothing back.
    fileprivate mutating func heard(at moment: Timestamp) {
        guard var window, window.heard(at: moment) else { return }
        heardAt = window.lastInboundAt
    }

    fileprivate mutating func received(messageAt moment: Timestamp, by author: Participant) {
        if author.kind.isCustomer {
            unread += 1
            waitingSince = waitingSince ?? moment
        } else if author.kind == .staff {
            unread = 0
            waitingSince = nil
        }
    }
}
