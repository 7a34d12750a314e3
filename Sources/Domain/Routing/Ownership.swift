/// Who owns a conversation, and how often that changed: decided by compare-and-swap under the lock of the room's row.
///
/// Whoever changes the owner says which epoch they saw. Of two who saw the same one, the first changes it and the
/// second gets a conflict. The epoch never falls, so an answer of long ago can always be told from one of now.
package struct Ownership: Sendable, Equatable {
    package let owner: Owner
    /// Changes of owner so far.
    package let epoch: Int64

    package init(_ owner: Owner = .nobody, epoch: Int64 = 0) {
        self.owner = owner
        self.epoch = epoch
    }

    /// As the row holds it: a team is nobody in particular.
    package init(of conversation: Conversation) {
        switch conversation.assignee?.reference {
        case .user(let id): self.init(.agent(id), epoch: conversation.epoch)
        case .assistant: self.init(.assistant, epoch: conversation.epoch)
        case .team, nil: self.init(.nobody, epoch: conversation.epoch)
        }
    }

    package enum Outcome: Sendable, Equatable {
        /// To be written, with the event that says so.
        case changed(Ownership)
        /// That is the owner already; nothing is written.
        case unchanged(Ownership)
        /// Somebody else was faster; it is now as told here.
        case conflict(Ownership)
    }

    /// Hands the conversation to `owner` if nobody changed the owner since `expected`.
    ///
    /// - Parameter expected: The epoch that the caller saw; nil for a supervisor, who decides whatever it is.
    package func handing(to owner: Owner, expecting expected: Int64?) -> Outcome {
        // A retry of a change that was made finds its wish fulfilled.
        guard owner != self.owner else { return .unchanged(self) }
        guard expected == nil || expected == epoch else { return .conflict(self) }
        return .changed(handed(to: owner))
    }

    /// After a change that was decided already; the same owner changes nothing.
    package func handed(to owner: Owner) -> Ownership {
        owner == self.owner ? self : Ownership(owner, epoch: epoch + 1)
    }
}
