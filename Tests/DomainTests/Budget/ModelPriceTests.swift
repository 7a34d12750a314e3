import Testing

@testable import Domain

@Suite struct ModelPriceTests {
    private static func cost(_ prompt: Int64, _ completion: Int64, at prices: (Int64, Int64)) -> Int64 {
        ModelPrice(prompt: prices.0, completion: prices.1, currency: .riyal)
            .cost(of: TokenUsage(prompt: prompt, completion: completion))
    }

    @Test func itIsCountedInWholeMillionthsRoundedUp() {
        // 0.15 and 0.60 for a million tokens.
        #expect(Self.cost(1_000_000, 0, at: (150_000, 600_000)) == 150_000)
        #expect(Self.cost(0, 1_000_000, at: (150_000, 600_000)) == 600_000)
        #expect(Self.cost(1000, 500, at: (150_000, 600_000)) == 450)
        #expect(Self.cost(1, 0, at: (150_000, 600_000)) == 1, "never nothing for something")
        #expect(Self.cost(0, 0, at: (150_000, 600_000)) == 0)
        #expect(Self.cost(1000, 1000, at: (0, 0)) == 0)
    }

    @Test func itNeverOverflowsNorFallsBelowNothing() {
        #expect(Self.cost(.max, .max, at: (.max, .max)) == .max)
        #expect(Self.cost(.max, 0, at: (2, 0)) == .max / 1_000_000 + 1, "a product that is too large is the largest")
        #expect(Self.cost(-5, 0, at: (1_000_000, 0)) == 0)
    }
}
