/// What a list of programs can be narrowed down by; nil leaves it as it is.
package struct TrainingProgramFilter: Sendable, Equatable {
    package var state: TrainingProgram.State?

    package init() {}
}

package enum TrainingProgramSort: String, SortKey {
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case title = "title_ar"

    package static let usual = ListOrder(TrainingProgramSort.createdAt, isDescending: true)
}

/// What a list of enrolments can be narrowed down by; nil leaves it as it is.
package struct EnrolmentFilter: Sendable, Equatable {
    package let scope: CRMScope
    package var program: TrainingProgramID?
    package var contact: ContactID?
    package var user: UserID?
    package var state: TrainingProgress.State?

    package init(scope: CRMScope) {
        self.scope = scope
    }
}

package enum EnrolmentSort: String, SortKey {
    case createdAt = "created_at"

    package static let usual = ListOrder(EnrolmentSort.createdAt, isDescending: true)
}
