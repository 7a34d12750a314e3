/// When a visitor who left is written to.
package struct FollowUpRules: Sendable, Equatable {
    /// How long the oldest message has to be unread.
    package var after = Duration.seconds(600)
    /// Between two mails, while the visitor does not come back.
    package var pause = Duration.seconds(21_600)
    /// How long the link in the mail works.
    package var linkLifetime = Duration.seconds(604_800)
    /// A visitor whom no hub has seen for so long has left. Several looks of all hubs.
    package var absence = Duration.seconds(60)
    /// What is older is not told of any more: whoever sets mail up does not write to everybody at once.
    package var maxAge = Duration.seconds(86_400)

    package init() {}
}

/// What is to be done about a conversation.
package enum FollowUpDecision: Sendable, Equatable {
    /// Nothing up to the end of what was read, until more is written.
    case settled
    /// Later, if nothing happens meanwhile.
    case wait
    /// A mail with the messages behind `after`, up to `upTo`; of so many.
    case tell(after: SequenceNumber, upTo: SequenceNumber, count: Int)

    /// - Parameter events: Those behind `file.known`, in rising order.
    package static func decide(
        _ file: FollowUpFile,
        _ events: [RoomEvent],
        _ rules: FollowUpRules,
        now: Timestamp
    ) -> FollowUpDecision {
        let unread = UnreadMessages(events, behind: file.known)
        guard let first = unread.messages.first, let last = unread.messages.last, now - first.at <= rules.maxAge else {
            return .settled
        }
        // Whoever connects to another hub is seen by all within the time of absence.
        guard now - first.at >= max(rules.after, rules.absence) else { return .wait }
        if let hereAt = file.hereAt, now - hereAt < rules.absence { return .wait }
        // Whoever has read what the last mail told of, or written since, has come back.
        let isBack = file.readUpTo >= file.toldUpTo || unread.hasWritten
        if let toldAt = file.toldAt, now - toldAt < rules.pause, !isBack { return .wait }
        return .tell(after: unread.start, upTo: last.seq, count: unread.messages.count)
    }
}

/// What the shop's people wrote since the customer was there.
package struct UnreadMessages: Sendable {
    /// Whoever writes has read what was there.
    package let start: SequenceNumber
    /// Whether the customer is among the authors.
    package let hasWritten: Bool
    /// Without those that were deleted.
    package let messages: [RoomEvent]

    package init(_ events: [RoomEvent], behind known: SequenceNumber) {
        let written = events.last { event in
            if case .message = event.content { event.author.kind.isCustomer } else { false }
        }
        let start = max(known, written?.seq ?? .zero)
        let deleted = Set(
            events.compactMap { event in if case .deletion(let target) = event.content { target } else { nil } })
        self.start = start
        hasWritten = written != nil
        messages = events.filter { event in
            guard case .message = event.content, event.seq > start, !deleted.contains(event.seq) else { return false }
            switch event.author.kind {
            case .staff, .assistant: return true
            case .visitor, .contact, .system: return false
            }
        }
    }
}
