import Domain

/// Writes what searches find articles by.
enum PassageStatements {
    private static let cutter = PassageCutter()

    /// Makes the next number of a change; the row is locked until the commit.
    static let nextRevision = SQLStatement("UPDATE knowledge_head SET revision = revision + 1")

    static func remove(_ article: ArticleID) -> [SQLStatement] {
        [
            SQLStatement("DELETE FROM article_vectors WHERE article_id = $1", [.id(article)]),
            SQLStatement("DELETE FROM article_passages WHERE article_id = $1", [.id(article)]),
        ]
    }

    /// For an article that has none.
    static func add(_ article: Article) -> SQLStatement {
        insert.over(
            cutter.passages(of: article.body).map { passage in
                [
                    .id(article.id), .count(passage.number), .text(passage.heading), .text(passage.text),
                    .text(SearchText.fold(passage.meaning(in: article.title))),
                ]
            })
    }

    private static let columns: [SQLColumn] = [
        .text("article_id"), .integer("number"), .text("heading"), .text("text"), .text("search"),
    ]

    private static let insert = SQLBulk(
        columns,
        sqlite: """
            INSERT INTO article_passages (article_id, number, heading, text, search)
            VALUES (\(SQLBulk.numbers(columns)))
            """,
        postgres: """
            INSERT INTO article_passages (article_id, number, heading, text, search)
            SELECT article_id, number, heading, text, search FROM k
            """
    )
}
