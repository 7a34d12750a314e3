/// A conversation that waits for an agent.
package struct QueueEntry: Sendable, Equatable {
    package let room: RoomID
    package let channel: Conversation.Channel
    /// Whose queue it is in; nil is the queue that everybody serves.
    package var team: TeamID?
    /// All of them are needed.
    package var skills: Set<String>
    /// Since when the customer waits; kept when it comes back to the queue, so that nobody loses their place.
    package let enteredAt: Timestamp
    /// Higher goes first; 0 is usual.
    package var priority: Int64
    /// The agent whom the customer knows.
    package var preferred: UserID?
    /// Who said no; they are not asked again while it waits.
    package var declined: Set<UserID>
    /// Who did not answer, and when; they are asked again after `RoutingRules.silentPause`.
    package var silent: [UserID: Timestamp]
    /// The conversation's epoch, which the next owner's compare-and-swap expects.
    package let epoch: Int64
    /// What a colleague wrote when they transferred it.
    package var note: String?

    package init(
        room: RoomID,
        channel: Conversation.Channel,
        team: TeamID? = nil,
        skills: Set<String> = [],
        enteredAt: Timestamp,
        priority: Int64 = 0,
        preferred: UserID? = nil,
        declined: Set<UserID> = [],
        silent: [UserID: Timestamp] = [:],
        epoch: Int64,
        note: String? = nil
    ) {
        self.room = room
        self.channel = channel
        self.team = team
        self.skills = skills
        self.enteredAt = enteredAt
        self.priority = priority
        self.preferred = preferred
        self.declined = declined
        self.silent = silent
        self.epoch = epoch
        self.note = note
    }

    /// Whether this one is served first: by priority, then by waiting, then by id, so that there are no ties.
    package func isBefore(_ other: QueueEntry) -> Bool {
        if priority != other.priority { return priority > other.priority }
        return enteredAt == other.enteredAt ? room < other.room : enteredAt < other.enteredAt
    }

    /// Whether `agent` had their chance.
    package func wasPassed(by agent: UserID, at now: Timestamp, _ rules: RoutingRules) -> Bool {
        declined.contains(agent) || silent[agent].map { now < $0 + rules.silentPause } ?? false
    }
}
