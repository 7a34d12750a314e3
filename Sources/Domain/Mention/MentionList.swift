package enum MentionSort: String, SortKey {
    case at

    package static var usual: ListOrder<MentionSort> { ListOrder(.at, isDescending: true) }
}

package struct MentionFilter: Sendable, Equatable {
    /// Whose mentions.
    package let user: UserID
    /// What they see of conversations; nil for all.
    package let sight: TeamSight?
    /// Whether they have read it; nil for both.
    package let isUnread: Bool?

    package init(user: UserID, sight: TeamSight? = nil, isUnread: Bool? = nil) {
        self.user = user
        self.sight = sight
        self.isUnread = isUnread
    }
}
