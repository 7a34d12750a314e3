/// What a list of canned replies can be narrowed down by; nil leaves it as it is.
package struct CannedReplyFilter: Sendable, Equatable {
    /// Those of this team, without everybody's.
    package var team: TeamID?
    /// Those that this person may use: everybody's, and those of their teams.
    package var usableBy: UserID?
    package var shortcut: String?

    package init() {}
}

package enum CannedReplySort: String, SortKey {
    case shortcut
    case createdAt = "created_at"
    case updatedAt = "updated_at"

    package static let usual = ListOrder(CannedReplySort.shortcut)
}
