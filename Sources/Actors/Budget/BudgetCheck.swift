package import Domain

/// The budgets of the language model.
package struct BudgetCheck: StatusCheck {
    package let name = "assistant_budget"
    package let isIntegration = false
    private let ledger: UsageLedger

    package init(_ ledger: UsageLedger) {
        self.ledger = ledger
    }

    package func find() async -> StatusFinding {
        do {
            return try await ledger.standing().finding
        } catch {
            return StatusFinding(
                .unreachable,
                StatusMessage(
                    ar: "تعذرت قراءة الميزانية: تحقق من قاعدة البيانات",
                    en: "The budgets cannot be read: check the database."))
        }
    }
}
