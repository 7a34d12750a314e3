/// What a list of deals can be narrowed down by; nil leaves it as it is.
package struct DealFilter: Sendable, Equatable {
    package var scope: CRMScope
    package var contact: ContactID?
    package var pipeline: PipelineID?
    package var stage: StageID?
    package var owner: UserID?
    package var state: Deal.State?
    /// Made at or after.
    package var createdFrom: Timestamp?
    /// Made before.
    package var createdBefore: Timestamp?
    /// Expected to close at or after.
    package var closeFrom: Timestamp?
    /// Expected to close before.
    package var closeBefore: Timestamp?

    package init(scope: CRMScope) {
        self.scope = scope
    }
}

package enum DealSort: String, SortKey {
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case amount
    /// Without a date last.
    case expectedCloseAt = "expected_close_at"
    case title

    package static let usual = ListOrder(DealSort.createdAt, isDescending: true)
}

/// How many deals there are in one stage, and what they are worth in one currency.
package struct DealTotal: Sendable, Equatable {
    package let pipeline: PipelineID
    package let stage: StageID
    package let state: Deal.State
    package let currency: Currency
    package let count: Int64
    /// In the currency's minor unit.
    package let amount: Int64

    package init(
        pipeline: PipelineID,
        stage: StageID,
        state: Deal.State,
        currency: Currency,
        count: Int64,
        amount: Int64
    ) {
        self.pipeline = pipeline
        self.stage = stage
        self.state = state
        self.currency = currency
        self.count = count
        self.amount = amount
    }

    package var document: [String: JSONValue] {
        [
            "pipeline": .string(pipeline.text),
            "stage": .string(stage.text),
            "state": .string(state.rawValue),
            "currency": .string(currency.code),
            "count": .integer(count),
            "amount": .integer(amount),
        ]
    }
}
