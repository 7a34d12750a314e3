import HubTestKit
import Testing

@testable import Domain

@Suite struct BudgetRulesTests {
    private static let price = ModelPrice(prompt: 150_000, completion: 600_000, currency: .riyal)
    private static let periods = UsagePeriods(at: Timestamp(rfc3339: "2026-11-21T20:30:00Z")!, in: .riyadh)

    private static func rules(_ bounds: [Budget: Int64]) -> BudgetRules { BudgetRules(price: price, bounds: bounds) }

    private static func verdict(
        _ bounds: [Budget: Int64],
        _ spent: [Budget.Span: Spending],
        beginsAnswer: Bool = true
    ) -> BudgetVerdict {
        rules(bounds).verdict(on: spent, beginsAnswer: beginsAnswer, periods)
    }

    // MARK: Verdicts

    @Test(arguments: Budget.allCases)
    func eachBudgetStopsByItself(_ budget: Budget) {
        func spent(_ amount: Int64) -> [Budget.Span: Spending] {
            var spending = Spending()
            switch budget.measure {
            case .tokens: spending.tokens = amount
            case .cost: spending.cost = amount
            case .answers: spending.answers = amount
            }
            return [budget.span: spending]
        }
        #expect(Self.verdict([budget: 100], spent(79)) == .go)
        #expect(Self.verdict([budget: 100], spent(80)) == (budget.isTold ? .warn(budget) : .go))
        #expect(Self.verdict([budget: 100], spent(99)) == (budget.isTold ? .warn(budget) : .go))
        #expect(Self.verdict([budget: 100], spent(100)).stop?.budget == budget)
        #expect(Self.verdict([budget: 100], spent(.max)).stop?.budget == budget)
        #expect(Self.verdict([budget: 0], spent(.max)) == .go, "0 is no bound")
        #expect(Self.verdict([:], spent(.max)) == .go)
        #expect(Self.verdict([budget: 100], [:]) == .go, "what has no sum has no bound")
    }

    @Test func itSaysUntilWhen() throws {
        let spent = Dictionary(
            uniqueKeysWithValues: Budget.Span.allCases.map { ($0, Spending(tokens: 9, cost: 9, answers: 9)) })
        func until(_ budget: Budget) -> Timestamp? { Self.verdict([budget: 1], spent).stop?.until }
        #expect(until(.conversationTokens) == nil)
        #expect(until(.dayTokens) == Timestamp(rfc3339: "2026-11-21T21:00:00Z"), "midnight in Riyadh")
        #expect(until(.dayCost) == until(.customerDay))
        #expect(until(.monthCost) == Timestamp(rfc3339: "2026-11-30T21:00:00Z"))
        #expect(until(.customerHour) == Timestamp(rfc3339: "2026-11-21T21:00:00Z"))
    }

    @Test func whatIsUnderWayCountsByItsEstimate() {
        let held: [Budget.Span: Spending] = [.day: Spending(tokens: 50, heldTokens: 50)]
        #expect(
            Self.verdict([.dayTokens: 100], held)
                == .stop(BudgetStop(.dayTokens, until: Self.periods.dayEnd, isHeld: true)))
        #expect(Self.verdict([.dayTokens: 101], held) == .go)
        #expect(
            Self.verdict([.dayCost: 100], [.day: Spending(cost: 99, heldCost: 1)]).stop
                == BudgetStop(.dayCost, until: Self.periods.dayEnd, isHeld: true))
    }

    @Test func whatIsSpentIsNamedBeforeWhatIsHeld() {
        let spent: [Budget.Span: Spending] = [
            .conversation: Spending(tokens: 1, heldTokens: 99), .month: Spending(tokens: 100),
        ]
        let stop = Self.verdict([.conversationTokens: 100, .monthTokens: 100], spent).stop
        #expect(stop == BudgetStop(.monthTokens, until: Self.periods.monthEnd))
    }

    @Test func onlyBeginningsCountTowardsARate() {
        let spent: [Budget.Span: Spending] = [.customerHour: Spending(answers: 5)]
        #expect(Self.verdict([.customerHour: 5], spent).stop?.budget == .customerHour)
        #expect(Self.verdict([.customerHour: 5], spent, beginsAnswer: false) == .go, "a round of an answer goes on")
    }

    // MARK: Telling

    @Test func alertsNameTheBudgetOfTheirSpan() {
        let rules = Self.rules([.dayTokens: 100, .dayCost: 1000, .monthTokens: 100, .customerDay: 1])
        let key = SpendingKey.day("2026-11-21")
        func alerts(_ spending: Spending) -> [BudgetAlert] { rules.alerts(on: spending, of: .day, key) }
        #expect(alerts(Spending(tokens: 79, cost: 799)).isEmpty)
        #expect(
            alerts(Spending(tokens: 80, cost: 1000, answers: 9)) == [
                BudgetAlert(.dayTokens, .warned, key: key, bound: 100, spent: 80),
                BudgetAlert(.dayCost, .stopped, key: key, bound: 1000, spent: 1000),
            ])
        #expect(alerts(Spending(heldTokens: 1000)).isEmpty, "what is under way is not spent")
    }

    @Test(arguments: [Int64](1...100)) func aWarningComesAtItsShareAndNeverOfNothing(_ percent: Int64) {
        var rules = Self.rules([.dayTokens: 1_000_000_000_000])
        rules.warningPercent = percent
        func warns(_ used: Int64) -> Bool {
            rules.verdict(on: [.day: Spending(tokens: used)], beginsAnswer: true, Self.periods) != .go
        }
        #expect(!warns(percent * 10_000_000_000 - 1) && warns(percent * 10_000_000_000))
        rules.bounds = [.dayTokens: 1]
        #expect(!warns(0) && warns(1))
    }

    // MARK: Settings

    @Test func settingsSayItAll() throws {
        func state(_ setting: ShopSetting, _ value: JSONValue) -> ShopSettingState {
            var state = ShopSettingState(setting)
            state.chosen = value
            return state
        }
        let shop = ShopProfile([
            state(.assistantDayCost, 5_000_000), state(.assistantPromptPrice, 150_000),
            state(.assistantCurrency, "SAR"),
            state(.assistantWarningPercent, 50),
        ])
        let rules = BudgetRules(shop, zone: .utc)
        #expect(rules.bounds[.dayCost] == 5_000_000 && rules.bounds[.monthCost] == 0)
        #expect(rules.bounds[.customerHour] == 60 && rules.bounds[.customerDay] == 200, "a sane default")
        #expect(rules.price == ModelPrice(prompt: 150_000, completion: 0, currency: .riyal))
        #expect(rules.warningPercent == 50 && rules.zone == .utc && rules.hasBounds)
    }

    @Test func theStandingIsOfWhatIsSpent() {
        let rules = Self.rules([.dayTokens: 100])
        func standing(_ day: Spending) -> BudgetStanding { BudgetStanding(rules, Self.periods, [.day: day]) }
        #expect(standing(Spending(tokens: 1, heldTokens: 500)).verdict == .go, "what is under way closes nothing")
        #expect(standing(Spending(tokens: 80)).finding.outcome == .ok)
        #expect(standing(Spending(tokens: 100)).finding.outcome == .limited)
        #expect(standing(Spending(tokens: 100)).finding.message.en.contains("the tokens of this day"))
        #expect(
            BudgetStanding(Self.rules([:]), Self.periods, [:]).finding.message.en == "The assistant has no budget.")
    }
}
