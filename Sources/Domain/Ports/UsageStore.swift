/// What the language model took: every request, and sums by day, month, conversation and customer.
///
/// Any number of hubs write at once. What is told twice counts once, by the id of the request. Every method throws
/// `HubError` as `RoomStore` does.
package protocol UsageStore: Sendable {
    /// Lets requests in, one after the other, and holds the estimates of those that may be made: one transaction.
    ///
    /// - Returns: A verdict for each, and what somebody must be told. The audit log has that already.
    func open(
        _ requests: [ModelRequest],
        _ rules: BudgetRules,
        at moment: Timestamp
    ) async throws -> (verdicts: [BudgetVerdict], alerts: [BudgetAlert])

    /// Writes down what requests took, whether or not they were let in here, and gives back what was held for them.
    ///
    /// - Returns: What somebody must be told.
    func settle(_ usages: [ModelUsage], _ rules: BudgetRules, at moment: Timestamp) async throws -> [BudgetAlert]

    /// Whether the next answer in a conversation may begin. Holds nothing.
    func verdict(for use: ModelUse, _ rules: BudgetRules, at moment: Timestamp) async throws -> BudgetVerdict

    /// Requests that were let in before `moment` and never settled, because their hub died: they took their estimate.
    /// Forgets sums of customers that no budget asks for any more.
    ///
    /// - Returns: How many there were, at most `limit`.
    func tidy(before moment: Timestamp, _ rules: BudgetRules, limit: Int) async throws -> Int

    /// Sums as they are; those of which nothing is known are absent.
    func spending(of keys: [SpendingKey]) async throws -> [SpendingKey: Spending]

    /// The shop's days from one to another, both included, with the purposes of each; rising.
    func days(from first: String, to last: String) async throws -> [UsageDay]

    /// The newest requests of a conversation, the latest first.
    func requests(in room: RoomID, limit: Int) async throws -> [UsageLine]
}

/// What a day took.
package struct UsageDay: Sendable, Equatable {
    package let day: String
    package let currency: Currency?
    package let total: Spending
    package let purposes: [ModelPurpose: Spending]

    package init(day: String, currency: Currency?, total: Spending, purposes: [ModelPurpose: Spending]) {
        self.day = day
        self.currency = currency
        self.total = total
        self.purposes = purposes
    }
}

/// One request as it was written down.
package struct UsageLine: Sendable, Equatable {
    package let id: ModelRequestID
    package let at: Timestamp
    package let purpose: String
    package let run: AssistantRun.ID?
    package let model: String
    package let version: Int64?
    package let tokens: TokenUsage
    /// In millionths of `currency`.
    package let cost: Int64
    package let currency: String
    /// Whether its answer is still awaited: then the rest is an estimate.
    package let isOpen: Bool

    package init(
        id: ModelRequestID,
        at moment: Timestamp,
        purpose: String,
        run: AssistantRun.ID?,
        model: String,
        version: Int64?,
        tokens: TokenUsage,
        cost: Int64,
        currency: String,
        isOpen: Bool
    ) {
        self.id = id
        at = moment
        self.purpose = purpose
        self.run = run
        self.model = model
        self.version = version
        self.tokens = tokens
        self.cost = cost
        self.currency = currency
        self.isOpen = isOpen
    }
}
