/// What a list of teams can be narrowed down by; nil leaves it as it is.
package struct TeamFilter: Sendable, Equatable {
    package var member: UserID?

    package init() {}
}

package enum TeamSort: String, SortKey {
    case name = "name_ar"
    case createdAt = "created_at"

    package static let usual = ListOrder(TeamSort.name)
}
