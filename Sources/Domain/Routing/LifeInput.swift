/// What happens to a conversation.
package enum LifeInput: Sendable, Equatable {
    /// - Parameter ownerTakes: Whether its owner, or else its last agent, is present and has room.
    case customerMessage(ownerTakes: Bool)
    /// A message that the customer sees; a note in the side room is none.
    case agentMessage(by: UserID)
    case assistantMessage
    /// The owner was changed, by routing or by hand; the compare-and-swap is done.
    case assigned(Owner)
    /// Somebody should take it: it was transferred to a queue, or its agent fell silent.
    case queue
    case snooze(until: Timestamp)
    /// The moment of a snooze may be over. Too early, or twice, it changes nothing.
    case wake(ownerTakes: Bool)
    case resolve
    /// A member of staff takes a resolved or snoozed conversation up again.
    case reopen(by: UserID)
    /// The customer's answer to how it was.
    case satisfaction(score: Int)

    package enum Name: String, Sendable, CaseIterable {
        case customerMessage = "customer_message"
        case agentMessage = "agent_message"
        case assistantMessage = "assistant_message"
        case assigned
        case queue, snooze, wake, resolve, reopen, satisfaction
    }

    package var name: Name {
        switch self {
        case .customerMessage: .customerMessage
        case .agentMessage: .agentMessage
        case .assistantMessage: .assistantMessage
        case .assigned: .assigned
        case .queue: .queue
        case .snooze: .snooze
        case .wake: .wake
        case .resolve: .resolve
        case .reopen: .reopen
        case .satisfaction: .satisfaction
        }
    }
}
