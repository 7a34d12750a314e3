/// A conversation that an agent is asked to take; it counts against their capacity while it stands.
package struct Offer: Sendable, Equatable {
    package enum Origin: Sendable, Equatable {
        /// It waits in the queue meanwhile, and keeps its place there.
        case queue(AssignmentReason)
        /// A colleague has it meanwhile, and keeps it if the transfer says so.
        case transfer(Transfer)
    }

    package enum End: String, Sendable, CaseIterable {
        case declined
        /// No answer in time.
        case silent
        /// The agent was offline for too long.
        case dropped
        /// Somebody took the conversation themselves, or it needs nobody any more.
        case void
        /// Another transfer, or a supervisor.
        case overridden
    }

    package let room: RoomID
    package let agent: UserID
    package let channel: Conversation.Channel
    package let madeAt: Timestamp
    package let expiresAt: Timestamp
    package let origin: Origin

    package init(
        room: RoomID,
        agent: UserID,
        channel: Conversation.Channel,
        madeAt: Timestamp,
        expiresAt: Timestamp,
        origin: Origin
    ) {
        self.room = room
        self.agent = agent
        self.channel = channel
        self.madeAt = madeAt
        self.expiresAt = expiresAt
        self.origin = origin
    }
    /// Whether this is the same question to the same agent, as far as the agent can tell.
    package func isSameQuestion(as other: Offer?) -> Bool {
        guard let other else { return false }
        return room == other.room && agent == other.agent && madeAt == other.madeAt && expiresAt == other.expiresAt
    }
}
