/// Whether the language model may be asked.
package enum BudgetVerdict: Sendable, Equatable {
    case go
    /// It may, and so much of a budget is used up that somebody should know.
    case warn(Budget)
    case stop(BudgetStop)

    package var stop: BudgetStop? {
        switch self {
        case .go, .warn: nil
        case .stop(let stop): stop
        }
    }
}
