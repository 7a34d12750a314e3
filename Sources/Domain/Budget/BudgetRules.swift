/// What the language model may take, and what it costs. Decides whether it may be asked.
///
/// A request is let in while what was spent, with the estimates of what is under way, is below the budget. So a budget
/// is exceeded by one request at most, and by what estimates of prompts were too low.
package struct BudgetRules: Sendable, Equatable {
    package var price: ModelPrice
    /// Absent or 0 for no bound.
    package var bounds: [Budget: Int64]
    /// From which part of a budget on somebody is told.
    package var warningPercent: Int64
    /// Of the shop: its days and months count.
    package var zone: TimeZoneTable

    package init(
        price: ModelPrice,
        bounds: [Budget: Int64] = [:],
        warningPercent: Int64 = 80,
        zone: TimeZoneTable = .riyadh
    ) {
        self.price = price
        self.bounds = bounds
        self.warningPercent = warningPercent
        self.zone = zone
    }

    package func periods(at moment: Timestamp) -> UsagePeriods { UsagePeriods(at: moment, in: zone) }

    /// Whether one more request may be made.
    ///
    /// A budget that is spent counts before one that is held. Of several the first one of `Budget` is named.
    ///
    /// - Parameters:
    ///   - spent: By span; one that is absent has no bound.
    ///   - beginsAnswer: Whether it counts towards the rate of its customer.
    package func verdict(
        on spent: [Budget.Span: Spending],
        beginsAnswer: Bool,
        _ periods: UsagePeriods
    ) -> BudgetVerdict {
        var held: Budget?
        var warned: Budget?
        for budget in Budget.allCases {
            guard let bound = bounds[budget], bound > 0, let spending = spent[budget.span],
                budget.measure != .answers || beginsAnswer
            else { continue }
            let used = budget.spent(of: spending)
            if used >= bound { return .stop(BudgetStop(budget, until: budget.span.end(periods))) }
            if used + budget.held(of: spending) >= bound { held = held ?? budget }
            if budget.isTold, isMuch(used, of: bound) { warned = warned ?? budget }
        }
        if let held { return .stop(BudgetStop(held, until: held.span.end(periods), isHeld: true)) }
        return warned.map { .warn($0) } ?? .go
    }

    /// What is to be told of a sum as it is now.
    package func alerts(on spending: Spending, of span: Budget.Span, _ key: SpendingKey) -> [BudgetAlert] {
        Budget.allCases.compactMap { budget in
            guard budget.span == span, budget.isTold, let bound = bounds[budget], bound > 0 else { return nil }
            let used = budget.spent(of: spending)
            guard isMuch(used, of: bound) else { return nil }
            return BudgetAlert(budget, used >= bound ? .stopped : .warned, key: key, bound: bound, spent: used)
        }
    }

    private func isMuch(_ used: Int64, of bound: Int64) -> Bool {
        // Whole parts first: neither overflows.
        let share = bound / 100 * warningPercent + bound % 100 * warningPercent / 100
        return used >= max(1, share)
    }

    package var hasBounds: Bool { bounds.contains { $0.value > 0 } }
}

extension Budget.Span {
    /// When it ends; nil for a conversation.
    fileprivate func end(_ periods: UsagePeriods) -> Timestamp? {
        switch self {
        case .conversation: nil
        case .day, .customerDay: periods.dayEnd
        case .month: periods.monthEnd
        case .customerHour: periods.hourEnd
        }
    }
}
