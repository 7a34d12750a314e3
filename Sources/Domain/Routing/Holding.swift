/// A conversation that an agent has, and that counts against their capacity.
package struct Holding: Sendable, Equatable {
    package let room: RoomID
    package let agent: UserID
    package let channel: Conversation.Channel
    /// Whose queue it came from, and goes back to.
    package let team: TeamID?
    package let skills: Set<String>
    package let priority: Int64
    /// The conversation's epoch now.
    package let epoch: Int64
    /// Since when the customer waits for an answer; nil when it is their turn.
    package var customerWaitsSince: Timestamp?
    /// Since when this agent owes one: never before they got it.
    package var agentOwesSince: Timestamp?

    package init(
        room: RoomID,
        agent: UserID,
        channel: Conversation.Channel,
        team: TeamID? = nil,
        skills: Set<String> = [],
        priority: Int64 = 0,
        epoch: Int64,
        customerWaitsSince: Timestamp? = nil,
        agentOwesSince: Timestamp? = nil
    ) {
        self.room = room
        self.agent = agent
        self.channel = channel
        self.team = team
        self.skills = skills
        self.priority = priority
        self.epoch = epoch
        self.customerWaitsSince = customerWaitsSince
        self.agentOwesSince = agentOwesSince
    }

    /// What `entry` becomes when `agent` gets it.
    init(_ entry: QueueEntry, agent: UserID, at now: Timestamp) {
        self.init(
            room: entry.room, agent: agent, channel: entry.channel, team: entry.team, skills: entry.skills,
            priority: entry.priority, epoch: entry.epoch + 1, customerWaitsSince: entry.enteredAt, agentOwesSince: now)
    }

    /// What it becomes in the hands of a colleague; the customer's waiting goes on.
    func handed(to agent: UserID, at now: Timestamp) -> Holding {
        Holding(
            room: room, agent: agent, channel: channel, team: team, skills: skills, priority: priority,
            epoch: epoch + 1, customerWaitsSince: customerWaitsSince,
            agentOwesSince: customerWaitsSince == nil ? nil : now)
    }

    /// What it becomes back in the queue, where it keeps the place of whoever waits since then.
    ///
    /// Skills are asked of the team that was asked first; another team answers as it can.
    func queued(team: TeamID?, at now: Timestamp, note: String? = nil) -> QueueEntry {
        QueueEntry(
            room: room, channel: channel, team: team, skills: team == self.team ? skills : [],
            enteredAt: customerWaitsSince ?? now, priority: priority, epoch: epoch + 1, note: note)
    }
}
