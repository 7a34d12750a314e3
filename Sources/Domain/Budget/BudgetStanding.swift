/// The shop's budgets of this day and month, as they stand.
package struct BudgetStanding: Sendable, Equatable {
    package let rules: BudgetRules
    package let periods: UsagePeriods
    package let spent: [Budget.Span: Spending]

    package init(_ rules: BudgetRules, _ periods: UsagePeriods, _ spent: [Budget.Span: Spending]) {
        self.rules = rules
        self.periods = periods
        self.spent = spent
    }

    /// Of what is spent alone: what is under way closes nothing.
    package var verdict: BudgetVerdict {
        let settled = spent.mapValues { Spending(tokens: $0.tokens, cost: $0.cost, answers: $0.answers) }
        return rules.verdict(on: settled, beginsAnswer: false, periods)
    }

    package var families: [MetricFamily] {
        let spans: [Budget.Span] = [.day, .month]
        func label(_ span: Budget.Span) -> [MetricFamily.Label] { [MetricFamily.Label("period", span.rawValue)] }
        let told = Budget.allCases.filter { spent[$0.span] != nil }
        return [
            .gauge(
                "hub_model_spent_tokens", "Tokens of the shop's day and month, of all hubs.",
                spans.map { (label($0), Double(spent[$0]?.tokens ?? 0)) }),
            .gauge(
                "hub_model_spent_micros", "Their cost, in millionths of the currency.",
                spans.map { (label($0), Double(spent[$0]?.cost ?? 0)) }),
            .gauge(
                "hub_model_held_tokens", "Estimates of requests that are under way.",
                spans.map { (label($0), Double(spent[$0]?.heldTokens ?? 0)) }),
            .gauge(
                "hub_model_budget", "Bounds of the shop; 0 for none.",
                told.map { ([MetricFamily.Label("budget", $0.rawValue)], Double(rules.bounds[$0] ?? 0)) }),
            .gauge(
                "hub_model_stopped", "1 while a budget of the day or month is used up.",
                verdict.stop == nil ? 0 : 1),
        ]
    }

    /// For the page of the system's status.
    package var finding: StatusFinding {
        switch verdict {
        case .go where !rules.hasBounds:
            StatusFinding(.ok, StatusMessage(ar: "لا ميزانية للمساعد", en: "The assistant has no budget."))
        case .go:
            StatusFinding(.ok, StatusMessage(ar: "ضمن الميزانية", en: "Within the budgets."))
        case .warn(let budget):
            StatusFinding(
                .ok,
                StatusMessage(
                    ar: "اقتربت الميزانية من نهايتها: \(budget.words.ar)",
                    en: "A budget is nearly used up: \(budget.words.en)."))
        case .stop(let stop):
            StatusFinding(
                .limited,
                StatusMessage(
                    ar: "انتهت الميزانية (\(stop.budget.words.ar)): ارفعها في الإعدادات أو انتظر تجددها",
                    en: "A budget is used up (\(stop.budget.words.en)): raise it in the settings, or wait."))
        }
    }
}
