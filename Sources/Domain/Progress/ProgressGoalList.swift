/// What a list of goals can be narrowed down by; nil leaves it as it is.
package struct ProgressGoalFilter: Sendable, Equatable {
    package let scope: CRMScope
    package var contact: ContactID?
    package var owner: UserID?
    package var state: ProgressGoal.State?
    package var dueBefore: Timestamp?

    package init(scope: CRMScope) { self.scope = scope }
}

package enum ProgressGoalSort: String, SortKey {
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    /// Goals without a day come last.
    case dueAt = "due_at"
    case title

    package static let usual = ListOrder(ProgressGoalSort.createdAt, isDescending: true)
}

/// A history has one order, in both directions.
package enum CheckInSort: String, SortKey {
    case seq

    package static let usual = ListOrder(CheckInSort.seq, isDescending: true)
}
