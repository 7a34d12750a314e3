/// Says that routing should look at a conversation, because what it decides from changed.
///
/// It is written in the transaction of the change, so that nothing is missed, and read under routing's lock. It names
/// the conversation and hardly more: routing looks at the row as it is then, so a signal read late, or twice, is right.
package struct RoutingSignal: Sendable, Equatable {
    package let room: RoomID
    /// Who of the staff answered the customer; nil when nobody did.
    package let answeredBy: UserID?

    package init(room: RoomID, answeredBy: UserID? = nil) {
        self.room = room
        self.answeredBy = answeredBy
    }

    /// Nil when nothing changed that matters, as with all but the first message of a customer who waits.
    package init?(_ room: RoomID, from old: Conversation?, to new: Conversation?, _ events: [RoomEvent]) {
        guard let old, let new else { return nil }
        let isAnswered = old.waitingSince != nil && new.waitingSince == nil
        guard
            old.epoch != new.epoch || old.state != new.state || old.waitingSince != new.waitingSince
                || old.snoozedUntil != new.snoozedUntil
        else { return nil }
        let answer = events.last { event in
            guard case .message = event.content else { return false }
            return event.author.kind == .staff
        }
        self.init(room: room, answeredBy: isAnswered ? answer.flatMap { UserID($0.author.id) } : nil)
    }
}
