/// What routing hears.
package enum RoutingInput: Sendable, Equatable {
    /// A conversation waits for an agent. One that waits already, or is held, stays as it is.
    case arrived(QueueEntry)
    /// It needs no agent any more: resolved, put away, or nobody's turn and nobody's.
    case left(RoomID)
    /// An agent has it without routing: they took it by hand, answered it first, or it came back to them.
    case held(Holding)
    case customerWrote(RoomID)
    /// A person answered the customer.
    case answered(RoomID)
    /// Somebody came, or what is known of them changed: presence, capacity, teams, skills.
    case agent(RoutingAgent)
    /// Their account was closed.
    case agentGone(UserID)
    case accepted(RoomID, by: UserID)
    case declined(RoomID, by: UserID)
    case transfer(Transfer)
    /// The assistant gives it to people; that it has it is known. `epoch` counts the change.
    case handedOver(QueueEntry, AssistantHandover.Reason)
    /// A supervisor decides, whatever policy and capacity say: to this agent, or nil for back to the queue.
    case override(RoomID, to: UserID?)
    /// A supervisor says how urgent a waiting conversation is, and what it needs.
    case ranked(RoomID, priority: Int64, skills: Set<String>)
    case timePassed
}
