/// What the clocks of a conversation hear.
package enum ClockInput: Sendable, Equatable {
    /// A new case, from zero. The message that began it follows.
    case beganCase
    /// Where the conversation stands now.
    case moved(to: LifePhase.Name)
    case customerWrote
    /// A person answered; what the assistant says is no answer of a person.
    case agentAnswered
    /// Nothing happened, but time passed.
    case timePassed
}
