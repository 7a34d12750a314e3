/// What a list of accounts can be narrowed down by; nil leaves it as it is.
package struct AccountFilter: Sendable, Equatable {
    package var role: User.Role?
    package var isDisabled: Bool?
    package var team: TeamID?

    package init() {}
}

package enum AccountSort: String, SortKey {
    case createdAt = "created_at"
    case name
    case email

    package static let usual = ListOrder(AccountSort.createdAt, isDescending: true)
}
