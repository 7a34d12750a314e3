/// What the shop knows and wrote down.
package protocol ArticleStore: Sendable {
    func article(_ id: ArticleID) async throws -> Article?

    func articles(_ request: ListRequest<ArticleSort, ArticleFilter>) async throws -> ListPage<Article>

    /// With its passages, which are found as soon as this returns.
    func add(_ article: Article, _ writing: Writing<Article>) async throws -> Written<Article>

    /// Applies `change` to the article as it is now, in one transaction.
    ///
    /// Throws `not_found`; `stale` when `expected` is not its version any more; and what `change` throws.
    func change(
        _ id: ArticleID,
        expected: Int64?,
        _ writing: Writing<Article>,
        _ change: @escaping @Sendable (inout Article) throws -> Void
    ) async throws -> Article

    /// With its passages and their vectors. Throws `not_found` and `stale`.
    func remove(_ id: ArticleID, expected: Int64?, _ writing: Writing<Article>) async throws
}
