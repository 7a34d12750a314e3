/// What a shop decides about its cases, with everything that a decision needs to know of the moment.
package struct CaseRules: Sendable {
    /// Of the team that the conversation belongs to, or of the shop.
    package var hours: BusinessHours
    package var level: ServiceLevel
    package var reopening: ReopeningRule
    /// Whether customers are asked how it was.
    package var asksSatisfaction: Bool
    /// Whether customers who write while it is closed are told so.
    package var tellsAway: Bool
    /// A customer who wrote longer ago is not told any more that the shop was closed.
    package var maxAwayDelay: Duration
    /// Whether the assistant meets new cases now: whom it answers is not told that the shop is closed.
    package var assistantMeets: Bool
    /// For how long it is awaited that it does.
    package var assistantGrace: Duration

    package init(
        hours: BusinessHours,
        level: ServiceLevel = ServiceLevel(),
        reopening: ReopeningRule = ReopeningRule(),
        asksSatisfaction: Bool = true,
        tellsAway: Bool = true,
        maxAwayDelay: Duration = .seconds(600),
        assistantMeets: Bool = false,
        assistantGrace: Duration = .seconds(10)
    ) {
        self.hours = hours
        self.level = level
        self.reopening = reopening
        self.asksSatisfaction = asksSatisfaction
        self.tellsAway = tellsAway
        self.maxAwayDelay = maxAwayDelay
        self.assistantMeets = assistantMeets
        self.assistantGrace = assistantGrace
    }
}
