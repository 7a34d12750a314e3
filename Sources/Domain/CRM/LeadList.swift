/// What a list of leads can be narrowed down by; nil leaves it as it is.
package struct LeadFilter: Sendable, Equatable {
    package var scope: CRMScope
    package var contact: ContactID?
    package var owner: UserID?
    package var state: Lead.State?
    package var source: String?
    /// Made at or after.
    package var createdFrom: Timestamp?
    /// Made before.
    package var createdBefore: Timestamp?

    package init(scope: CRMScope) {
        self.scope = scope
    }
}

package enum LeadSort: String, SortKey {
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    /// Without a value first.
    case value

    package static let usual = ListOrder(LeadSort.createdAt, isDescending: true)
}
