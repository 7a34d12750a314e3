/// What a shop decides about the life of its conversations.
package struct LifeRules: Sendable, Equatable {
    /// How long after resolving a message of the customer goes on with the same case and the same agent.
    ///
    /// Three days: long enough for "it does not work after all", short enough that next week's question is a new one.
    package var reopensWithin: Duration
    /// Whether the assistant meets a new case first.
    package var beginsWithAssistant: Bool
    /// Whether customers are asked how it was when a conversation is resolved.
    package var asksSatisfaction: Bool
    /// How far ahead something may be put away.
    package var maxSnooze: Duration

    package init(
        reopensWithin: Duration = .seconds(3 * 86_400),
        beginsWithAssistant: Bool = false,
        asksSatisfaction: Bool = true,
        maxSnooze: Duration = .seconds(366 * 86_400)
    ) {
        self.reopensWithin = reopensWithin
        self.beginsWithAssistant = beginsWithAssistant
        self.asksSatisfaction = asksSatisfaction
        self.maxSnooze = maxSnooze
    }
}
