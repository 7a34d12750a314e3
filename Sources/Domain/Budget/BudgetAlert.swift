/// A budget of which much, or all, is used up. It is told once for each span and bound.
package struct BudgetAlert: Sendable, Equatable {
    package enum Level: String, Sendable, CaseIterable {
        case warned, stopped
    }

    package let budget: Budget
    package let level: Level
    package let key: SpendingKey
    package let bound: Int64
    package let spent: Int64

    package init(_ budget: Budget, _ level: Level, key: SpendingKey, bound: Int64, spent: Int64) {
        self.budget = budget
        self.level = level
        self.key = key
        self.bound = bound
        self.spent = spent
    }

    package var event: AuditEvent {
        let subject =
            budget.span == .conversation
            ? AuditSubject(kind: "conversation", id: key.scope) : AuditSubject(kind: "budget", id: budget.rawValue)
        return AuditEvent(
            "assistant.budget_\(level.rawValue)", subject,
            after: [
                "budget": .string(budget.rawValue), "period": .string(String(key.period.dropFirst())),
                "bound": .integer(bound), "spent": .integer(spent),
            ])
    }
}
