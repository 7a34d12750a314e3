/// What a list of articles can be narrowed down by; nil leaves it as it is.
package struct ArticleFilter: Sendable, Equatable {
    package var state: Article.State?
    package var audience: Article.Audience?
    package var language: Language?
    /// In any spelling.
    package var tag: String?
    package var author: UserID?

    package init() {}
}

package enum ArticleSort: String, SortKey {
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case title

    package static let usual = ListOrder(ArticleSort.updatedAt, isDescending: true)
}
