/// What a shop decides about the life of its conversations.
package struct LifeRules: Sendable, Equatable {
    /// Whether a customer who writes after it was resolved goes on with the same case and the same agent.
    package var reopening: ReopeningRule
    /// Whether the assistant meets a new case first.
    package var beginsWithAssistant: Bool
    /// Whether it does so at this moment.
    package var door: AssistantDoor
    /// Whether customers are asked how it was when a conversation is resolved.
    package var asksSatisfaction: Bool
    /// How far ahead something may be put away.
    package var maxSnooze: Duration

    package init(
        reopening: ReopeningRule = ReopeningRule(),
        beginsWithAssistant: Bool = false,
        door: AssistantDoor = AssistantDoor(),
        asksSatisfaction: Bool = true,
        maxSnooze: Duration = .seconds(366 * 86_400)
    ) {
        self.reopening = reopening
        self.beginsWithAssistant = beginsWithAssistant
        self.door = door
        self.asksSatisfaction = asksSatisfaction
        self.maxSnooze = maxSnooze
    }
}
