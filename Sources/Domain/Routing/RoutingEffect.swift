/// What the driver writes and tells because routing decided, in this order, in the same transaction.
///
/// `expecting` is the epoch that the room's row must have: see `Ownership`.
package enum RoutingEffect: Sendable, Equatable {
    /// Ask the agent; the deadline is in the offer.
    case offered(Offer)
    /// Take the question back.
    case offerEnded(Offer, Offer.End)
    case assigned(RoomID, to: UserID, expecting: Int64, AssignmentReason, note: String?)
    /// An agent lost it, and it waits in the queue of `team` again.
    case queued(RoomID, team: TeamID?, from: UserID, expecting: Int64, QueueReason, note: String?)
    /// The assistant gave it to people: it waits in the queue of `team`.
    case handedOver(RoomID, team: TeamID?, expecting: Int64, AssistantHandover.Reason)
    /// An agent lost it, but it is the customer's turn: nobody owns it.
    case released(RoomID, from: UserID, expecting: Int64)
    /// The transfer did not come about, and it stays with whoever has it.
    case transferFailed(Transfer)

    package enum QueueReason: String, Sendable, CaseIterable {
        /// The agent left the customer without an answer.
        case silent
        /// The agent was offline for too long, or their account was closed.
        case dropped
        case transfer
        /// The person it was transferred to could not take it.
        case transferFellBack = "transfer_fell_back"
        case override
    }
}
