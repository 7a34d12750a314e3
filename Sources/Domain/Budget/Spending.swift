/// What was spent in one span, and what is under way.
package struct Spending: Sendable, Equatable {
    package var tokens: Int64
    /// In millionths of the currency.
    package var cost: Int64
    /// That were begun.
    package var answers: Int64
    /// Estimates of requests whose answer is not there yet.
    package var heldTokens: Int64
    package var heldCost: Int64

    package init(tokens: Int64 = 0, cost: Int64 = 0, answers: Int64 = 0, heldTokens: Int64 = 0, heldCost: Int64 = 0) {
        self.tokens = tokens
        self.cost = cost
        self.answers = answers
        self.heldTokens = heldTokens
        self.heldCost = heldCost
    }

    package mutating func add(_ other: Spending) {
        tokens += other.tokens
        cost += other.cost
        answers += other.answers
        heldTokens += other.heldTokens
        heldCost += other.heldCost
    }
}
