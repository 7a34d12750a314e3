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
        /// Active members of staff whom drafts mention.
        package var colleagues: [UserID: MentionRule.Colleague]
        /// In a side room: the head of the customer's room.
        package var anchor: SequenceNumber?

        package init(
            byMID: [AuthoredMID: RoomEvent] = [:],
            targets: [SequenceNumber: Target] = [:],
            missed: [SequenceNumber: [RoomEvent]] = [:],
            colleagues: [UserID: MentionRule.Colleague] = [:],
            anchor: SequenceNumber? = nil
        ) {
            self.byMID = byMID
            self.targets = targets
            self.missed = missed
            self.colleagues = colleagues
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

    package private(set) var outcomes: [Outcome] = []
    package private(set) var events: [RoomEvent] = []
    package private(set) var room: Room

    private(set) var past: Past
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
            guard earlier.content.isSameRequest(as: completed(draft)) else {
                if case .run = earlier.content { return .rejected(Self.runIsOver) }
                return .rejected(HubError(.midConflict, "mid \(draft.mid) was used for another write in this room"))
            }
            return .duplicate(earlier.seq, at: earlier.at)
        }
        if let refusal = refusal(of: draft) ?? channelRefusal(of: draft) { return .rejected(refusal) }
        if draft.speaksForTheShop, room.conversation?.isAssistants == true {
            takeFromAssistant(UserID(draft.author.id).map { Assignee(.user($0), name: draft.author.name) })
        }
        let event = append(completed(draft), by: draft.author, mid: draft.mid)
        if let sentAt = draft.origin?.sentAt, event.isMessage || event.isRating, event.author.kind.isCustomer {
            room.conversation?.heard(at: sentAt)
        }
        followUp(event)
        return .appended(event.seq, at: event.at)
    }

    private func refusal(of draft: Draft) -> HubError? {
        // Whatever it does to a conversation, it does as its owner.
        if draft.author.kind == .assistant, let refusal = outdated(draft) { return refusal }
        if case .message = draft.content, let end = draft.runEvent, past.byMID[end] != nil { return Self.runIsOver }
        if let text = draft.content.mentioning,
            let refusal = MentionRule.refusal(of: text, in: room.kind, past.colleagues)
        {
            return refusal
        }
        switch draft.content {
        case .message(_, let replyTo):
            if let replyTo, past.targets[replyTo] == nil {
                return .notFound("reply_to \(replyTo) is no message of this room")
            }
            return choiceRefusal(of: draft) ?? outdated(draft)
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
            if let epoch = draft.basis.epoch, epoch != conversation.epoch {
                return .conflict("the conversation changed hands meanwhile: look whose it is now")
            }
            guard draft.content.isForAssistant, conversation.state != .open else { return nil }
            return .conflict("the assistant takes open conversations only: open it first")
        case .state:
            return room.conversation == nil ? Self.noConversation : nil
        case .membership:
            return room.kind.isInternal ? nil : .badRequest("this room has no members to change")
        case .labels, .clock:
            return room.kind == .side ? nil : Self.noConversation
        case .survey, .rating:
            return room.conversation == nil ? Self.noConversation : nil
        case .run(let run):
            guard room.conversation != nil, run.id.room == room.id else { return Self.noConversation }
            guard run.state != .started, let start = draft.runEvent, past.byMID[start] == nil else { return nil }
            return .notFound("there is no such run")
        }
    }

    /// What `ReplyRule` says of a message that is to be written.
    private func outdated(_ draft: Draft) -> HubError? {
        guard let conversation = room.conversation, draft.basis != .unsaid || draft.author.kind == .assistant else {
            return nil
        }
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

    private static let runIsOver = HubError.conflict("this answer of the assistant is over")

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

    /// With what the log knows of it: an edit of a message with codes holds them as well, as far as anybody knows,
    /// a choice says what was chosen, and who is mentioned has a name.
    private func completed(_ draft: Draft) -> EventContent {
        if let named = draft.content.naming(past.colleagues) { return named }
        switch draft.content {
        case .edit(let target, .text(let text)):
            guard let marks = past.targets[target]?.codes, !marks.isEmpty,
                let codes = try? CodeText(text, marks: marks)
            else { return draft.content }
            return .edit(target: target, body: .codes(codes))
        case .message(_, let replyTo?):
            guard let choice = draft.choice?.taken(from: past.targets[replyTo]?.offer) else { return draft.content }
            return .message(.card(choice), replyTo: replyTo)
        default:
            return draft.content
        }
    }

    /// The log gives an assignment its epoch: one more, but for whoever has it already.
    private func numbered(_ content: EventContent) -> EventContent {
        guard case .assignment(let assignee, _) = content, let conversation = room.conversation else { return content }
        let isSame = assignee?.reference == conversation.assignee?.reference
        return .assignment(to: assignee, epoch: conversation.epoch + (isSame ? 0 : 1))
    }

    /// Brings the room's row up to an event.
    private mutating func apply(_ event: RoomEvent) {
        switch event.content {
        case .message(let body, _):
            past.targets[event.seq] = Target(author: event.author, body: body, isDeleted: false)
            room.last = MessageSummary(seq: event.seq, at: event.at, author: event.author, body: body)
            room.conversation?.received(messageAt: event.at, by: event.author)
        case .edit(let target, let body):
            if room.last?.seq == target { room.last = room.last?.with(body) }
        case .deletion(let target):
            past.targets[target]?.isDeleted = true
            if room.last?.seq == target { room.last = room.last?.with(nil) }
        case .status(let target, let state, _):
            past.targets[target]?.status = state
        case .run(let run):
            // Who stops an answer does not wait for it.
            if run.state == .cancelled, room.conversation?.isAssistants == true {
                room.conversation?.waitingSince = nil
            }
        case .reaction, .membership, .labels, .clock, .survey, .rating:
            break
        case .assignment(let assignee, let epoch):
            room.conversation?.handed(to: assignee, epoch: epoch, at: event.at)
        case .state(let state, let until):
            room.conversation?.moved(to: state, until: until, at: event.at, by: event.author)
        }
    }

    /// What the hub itself writes because of an event, in the same commit.
    private mutating func followUp(_ event: RoomEvent) {
        guard let conversation = room.conversation else { return }
        switch event.content {
        case .message where event.author.kind.isCustomer && conversation.state.reopensOnCustomerMessage:
            append(.state(.open, until: nil), by: .hub, mid: .following(event.seq, "reopen"))
        // What a person put away comes back to people.
        case .state(.snoozed, _) where conversation.isAssistants, .state(.pending, _) where conversation.isAssistants:
            takeFromAssistant(nil)
        case .message where event.author.kind == .assistant:
            guard let run = AssistantRun.ID(writing: event.mid, in: event.room) else { break }
            append(.run(AssistantRun(run, .done)), by: .hub, mid: .end(of: run))
        case .message, .edit, .deletion, .reaction, .status, .assignment, .state, .membership, .labels, .clock, .survey,
            .rating, .run:
            break
        }
    }

    /// It stays with its team, so that nobody sees more of it, or less, than before.
    ///
    /// - Parameter person: Nil when it is not known who, as of staff at the phone app.
    private mutating func takeFromAssistant(_ person: Assignee?) {
        guard let conversation = room.conversation else { return }
        append(.assignment(to: person, epoch: 0), by: .hub, mid: .owner(after: conversation.epoch))
        room.conversation?.team = conversation.team
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

extension Draft {
    /// A message of a person to the customer. Where the assistant answers, they take it over.
    fileprivate var speaksForTheShop: Bool {
        guard case .message = content else { return false }
        return author.kind == .staff
    }
}

extension Draft {
    /// Of what the assistant writes: the end of its run, which must not be there. Of such an end: the start, which must.
    package var runEvent: AppendPlan.AuthoredMID? {
        switch content {
        case .message where author.kind == .assistant:
            MID.end(ofRunWriting: mid).map { AppendPlan.AuthoredMID(author: .hub, mid: $0) }
        case .run(let run) where run.state != .started:
            AppendPlan.AuthoredMID(author: .assistant, mid: .start(of: run.id))
        case .message, .edit, .deletion, .reaction, .status, .assignment, .state, .membership, .labels, .clock, .survey,
            .rating, .run:
            nil
        }
    }
}

extension EventContent {
    fileprivate var isForAssistant: Bool {
        guard case .assignment(let assignee, _) = self else { return false }
        return assignee?.reference == .assistant
    }
}

extension Conversation {
    /// Whom the assistant gives to a queue waits for a person from then on, at the latest.
    fileprivate mutating func handed(to assignee: Assignee?, epoch: Int64, at moment: Timestamp) {
        let isAwaited: Bool
        switch assignee?.reference {
        case .team, nil: isAwaited = isAssistants && state == .open
        case .user, .assistant: isAwaited = false
        }
        hand(to: assignee, epoch: epoch)
        if isAwaited { waitingSince = waitingSince ?? moment }
    }

    /// A message that comes late moves nothing back.
    fileprivate mutating func heard(at moment: Timestamp) {
        guard var window, window.heard(at: moment) else { return }
        heardAt = window.lastInboundAt
    }

    /// A customer who writes again leaves `resolvedAt` alone: whether that is a new case is not decided here.
    fileprivate mutating func moved(
        to state: ConversationState,
        until: Timestamp?,
        at moment: Timestamp,
        by author: Participant
    ) {
        self.state = state
        snoozedUntil = state == .snoozed ? until : nil
        if state == .resolved {
            waitingSince = nil
            resolvedAt = moment
        } else if author.kind == .staff {
            resolvedAt = nil
        }
    }

    fileprivate mutating func received(messageAt moment: Timestamp, by author: Participant) {
        switch author.kind {
        case .visitor, .contact:
            unread += 1
            waitingSince = waitingSince ?? moment
        case .staff:
            unread = 0
            waitingSince = nil
        case .assistant:
            // Answered, and read by nobody.
            waitingSince = nil
        case .system: break
        }
    }
}
