/// What a list of contacts can be narrowed down by; nil leaves it as it is.
package struct ContactFilter: Sendable, Equatable {
    package enum Owner: Sendable, Equatable {
        case nobody
        case user(UserID)
    }

    package var scope: CRMScope
    package var owner: Owner?
    package var label: String?
    /// Who has this very identity.
    package var identity: ContactIdentity?
    /// Who has an identity of this kind.
    package var identityKind: ContactIdentity.Kind?
    /// Made at or after.
    package var createdFrom: Timestamp?
    /// Made before.
    package var createdBefore: Timestamp?

    package init(scope: CRMScope) {
        self.scope = scope
    }
}

package enum ContactSort: String, SortKey {
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case name

    package static let usual = ListOrder(ContactSort.createdAt, isDescending: true)
}
