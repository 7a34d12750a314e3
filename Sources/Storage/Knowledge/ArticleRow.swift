import Domain

/// Articles as their table stores them.
enum ArticleRow {
    /// Of the table named `a`.
    static let columns = """
        a.id, a.created_ms, a.changed_ms, a.version, a.title, a.body, a.language, a.url, a.tags, a.state, a.audience,
        a.author_id
        """

    static func read(_ row: SQLRow) throws(HubError) -> Article {
        var row = row.reader
        let id = try row.text(ArticleID.init)
        let createdAt = try row.moment()
        let changedAt = try row.moment()
        let version = try row.integer()
        let title = try row.text()
        let body = try row.text()
        let language = try row.text(Language.init)
        let url = try row.optionalText()
        let tags = try row.texts()
        let state = try row.text(Article.State.init)
        let audience = try row.text(Article.Audience.init)
        var article = Article(id: id, by: try row.text(UserID.init), at: createdAt)
        article.changedAt = changedAt
        article.version = version
        article.title = title
        article.body = body
        article.language = language
        article.url = url
        article.tags = tags
        article.state = state
        article.audience = audience
        return article
    }

    static func insert(_ article: Article) -> SQLStatement { SQLStatement(insert, values(article)) }

    static func update(_ article: Article) -> SQLStatement { SQLStatement(update, values(article)) }

    /// As `tag_keys` holds it.
    static func key(ofTag tag: String) -> String { "|\(SearchText.fold(tag))|" }

    private static func values(_ article: Article) -> [SQLValue] {
        [
            .id(article.id), .moment(article.createdAt), .moment(article.changedAt), .integer(article.version),
            .text(article.title), .text(article.body), .text(article.language.rawValue), .optional(article.url),
            .texts(article.tags), .text(article.tags.map(key).joined()), .text(article.state.rawValue),
            .text(article.audience.rawValue), .id(article.author), .text(SearchText.fold(article.searchText)),
        ]
    }

    private static let insert: SQLText = """
        INSERT INTO articles (
            id, created_ms, changed_ms, version, title, body, language, url, tags, tag_keys, state, audience,
            author_id, search, text_version, revision, model, embedded_version, hub, lease_ms, failures, due_ms
        ) VALUES (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1,
            (SELECT h.revision FROM knowledge_head h), '', 0, '', 0, 0, 0
        )
        """

    /// What failed is tried again at once: another text may do better.
    private static let update: SQLText = """
        UPDATE articles SET
            created_ms = $2, changed_ms = $3, version = $4,
            text_version = CASE WHEN title = $5 AND body = $6 THEN text_version ELSE $4 END,
            title = $5, body = $6, language = $7, url = $8, tags = $9, tag_keys = $10, state = $11, audience = $12,
            author_id = $13, search = $14, revision = (SELECT h.revision FROM knowledge_head h), failures = 0,
            due_ms = 0, problem = NULL
        WHERE id = $1
        """
}
