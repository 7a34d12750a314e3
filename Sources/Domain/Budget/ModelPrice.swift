/// What tokens cost, in millionths of the currency for a million tokens.
package struct ModelPrice: Sendable, Equatable {
    package let prompt: Int64
    package let completion: Int64
    package let currency: Currency

    package init(prompt: Int64, completion: Int64, currency: Currency) {
        self.prompt = prompt
        self.completion = completion
        self.currency = currency
    }

    /// In millionths of the currency, rounded up; never more than `Int64.max`.
    package func cost(of tokens: TokenUsage) -> Int64 {
        let (sum, isTooMuch) = Self.product(tokens.prompt, prompt).addingReportingOverflow(
            Self.product(tokens.completion, completion))
        guard !isTooMuch else { return .max }
        return sum / 1_000_000 + (sum % 1_000_000 == 0 ? 0 : 1)
    }

    private static func product(_ tokens: Int64, _ price: Int64) -> Int64 {
        let (product, isTooMuch) = max(0, tokens).multipliedReportingOverflow(by: max(0, price))
        return isTooMuch ? .max : product
    }
}
