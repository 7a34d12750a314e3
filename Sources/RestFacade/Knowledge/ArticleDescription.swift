import Domain

/// Articles as the API describes and reads them.
enum ArticleDescription {
    /// The limit in bytes is a setting besides; with it a body of JSON is not too large before this is looked at.
    private static let body = Schema.text(TextRule(.prose, 1...40_000))

    private static let tag = Schema.line(40)

    static let resource = ResourceSchema(
        "Article",
        [
            .readOnly("id", .id(ArticleID.self)),
            .required("title", .line(200)),
            .required("body", body, "Markdown or plain text; headings say where it may be cut into passages."),
            .optional("language", .choice(Language.self), "Of the text; `ar` when not given."),
            .nullable("url", .text(.link), "Where customers can read it; answers of the assistant link to it."),
            .optional("tags", .list(tag, count: 0...20), "Each is kept once, whatever its spelling."),
            .optional("state", .choice(Article.State.self), "A new article is a draft, which no search finds."),
            .optional(
                "audience", .choice(Article.Audience.self),
                "`customers` when not given; nothing of an article for `staff` reaches a customer."),
            .readOnly("author", .id(UserID.self), "Who wrote it first."),
        ] + ResourceSchema.Field.bookkeeping
    )

    static let filters: [Endpoint.Parameter] = [
        .init(name: "state", schema: .choice(Article.State.self)),
        .init(name: "audience", schema: .choice(Article.Audience.self)),
        .init(name: "language", schema: .choice(Language.self)),
        .init(name: "tag", schema: tag, note: "In any spelling."),
        .init(name: "author", schema: .id(UserID.self)),
    ]

    static func filter(_ query: Members) throws(HubError) -> ArticleFilter {
        var filter = ArticleFilter()
        filter.state = try query.choice("state")
        filter.audience = try query.choice("audience")
        filter.language = try query.choice("language")
        filter.tag = try query.text("tag")
        filter.author = try query.id("author")
        return filter
    }

    static func merge(_ body: Members, into article: inout Article, maxBodyBytes: Int) throws(HubError) {
        try body.set(&article.title, "title")
        try body.set(&article.body, "body")
        try body.set(&article.language, "language")
        try body.set(&article.url, "url")
        if let tags = try body.texts("tags") { article.tags = Article.tidied(tags) }
        try body.set(&article.state, "state")
        try body.set(&article.audience, "audience")
        try article.check(maxBodyBytes: maxBodyBytes)
    }
}
