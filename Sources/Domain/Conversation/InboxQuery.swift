/// Which conversations a member of staff asks for.
package struct InboxQuery: Sendable, Equatable {
    package enum AssigneeFilter: Sendable, Equatable {
        case nobody
        case user(UserID)
    }

    package let state: ConversationState?
    package let assignee: AssigneeFilter?
    /// Only those that carry it.
    package let label: LabelID?
    /// Only those with a promise of time that was warned of, or breached, and is still open.
    package let clock: ClockStage?
    /// Only what changed at or after this moment.
    package let changedSince: Timestamp?
    /// Only what comes after this place, in the order newest first.
    package let before: Cursor?
    package let limit: Int
    /// Whose eyes these are; nil for somebody who sees all.
    package let sight: TeamSight?

    /// A place in the inbox: ties of `changedAt` are broken by the room's id.
    package struct Cursor: Sendable, Equatable {
        package let changedAt: Timestamp
        package let room: RoomID

        package init(changedAt: Timestamp, room: RoomID) {
            self.changedAt = changedAt
            self.room = room
        }
    }

    package init(
        state: ConversationState? = nil,
        assignee: AssigneeFilter? = nil,
        label: LabelID? = nil,
        clock: ClockStage? = nil,
        changedSince: Timestamp? = nil,
        before: Cursor? = nil,
        limit: Int,
        sight: TeamSight? = nil
    ) {
        self.state = state
        self.assignee = assignee
        self.label = label
        self.clock = clock
        self.changedSince = changedSince
        self.before = before
        self.limit = limit
        self.sight = sight
    }
}
