/// Why the language model may not be asked.
package struct BudgetStop: Sendable, Equatable {
    package let budget: Budget
    /// When the budget renews; nil for that of a conversation, which renews with its next case.
    package let until: Timestamp?
    /// Whether it is not spent yet, but what is under way may spend it.
    package let isHeld: Bool

    package init(_ budget: Budget, until: Timestamp?, isHeld: Bool = false) {
        self.budget = budget
        self.until = until
        self.isHeld = isHeld
    }

    /// For colleagues, in the side room.
    package var note: String {
        isHeld ? "الميزانية محجوزة لأجوبة جارية (\(budget.words.ar))" : "انتهت الميزانية (\(budget.words.ar))"
    }
}
