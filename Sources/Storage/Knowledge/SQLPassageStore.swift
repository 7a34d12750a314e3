import Domain

/// Passages and their vectors over either database.
struct SQLPassageStore: PassageStore {
    let database: any SQLDatabase

    func passages(holding words: [String], for sight: Article.Audience, limit: Int) async throws -> [FoundPassage] {
        guard !words.isEmpty else { return [] }
        let folded = words.map { SearchText.fold($0) }
        let values: [SQLValue] =
            switch database.dialect {
            case .sqlite: folded.map { .text($0) }
            // Folded words hold no wildcard.
            case .postgres: folded.map { .text("%\($0)%") }
            }
        let statement = SQLStatement(
            Self.search(words.count, sight), values + [.count(limit)], isOnce: true)
        return try await database.read { try $0.execute(statement).map(PassageRow.read) }
    }

    func passages(_ keys: [PassageKey], for sight: Article.Audience) async throws -> [FoundPassage] {
        guard !keys.isEmpty else { return [] }
        let places = keys.indices.map { "($\(2 * $0 + 1), $\(2 * $0 + 2))" }.joined(separator: ", ")
        let text = """
            SELECT \(PassageRow.columns) FROM article_passages p JOIN articles a ON a.id = p.article_id
            WHERE \(sight.condition) AND (p.article_id, p.number) IN (VALUES \(places))
            """
        let values = keys.flatMap { [SQLValue.id($0.article), .count($0.number)] }
        let statement = SQLStatement(
            SQLText(sqlite: text, postgres: text.replacing("(VALUES \(places))", with: "(\(places))")), values,
            isOnce: true)
        return try await database.read { try $0.execute(statement).map(PassageRow.read) }
    }

    func revision() async throws -> Int64 {
        try await database.lookup { session in
            guard var row = try session.execute(Self.head).first?.reader else { return 0 }
            return try row.integer()
        }
    }

    func vectors(of model: String, after revision: Int64, limit: Int) async throws -> VectorChanges {
        try await database.snapshot { session in
            let values: [SQLValue] = [.text(model), .integer(revision), .count(limit)]
            let found = try session.batch([
                SQLStatement(Self.head), SQLStatement("SELECT id FROM articles"),
                SQLStatement(Self.changed, [.integer(revision)]), SQLStatement(Self.vectors, values),
            ])
            var vectors: [ArticleID: [(number: Int, vector: EmbeddingVector)]] = [:]
            for row in found[3] {
                var row = row.reader
                let article = try row.text(ArticleID.init)
                let number = Int(try row.integer())
                vectors[article, default: []].append((number, try row.text(PassageRow.read(vector:))))
            }
            let changed = try found[2].map { row throws(HubError) in
                var row = row.reader
                let article = try row.text(ArticleID.init)
                return VectorChanges.Entry(
                    article: article, audience: try row.text(Article.Audience.init), vectors: vectors[article] ?? [])
            }
            return VectorChanges(
                revision: try found[0].first.map { row throws(HubError) in
                    var row = row.reader
                    return try row.integer()
                } ?? 0,
                changed: changed,
                articles: try Set(
                    found[1].map { row throws(HubError) in
                        var row = row.reader
                        return try row.text(ArticleID.init)
                    })
            )
        }
    }

    // MARK: Statements

    /// `$1`, `$2`, … are the words, and the last is how many passages at most.
    ///
    /// SQLite reads all passages, and finds a part of a text faster with `instr` than with `LIKE`; PostgreSQL has an
    /// index of trigrams for `LIKE`.
    private static func search(_ words: Int, _ sight: Article.Audience) -> SQLText {
        let from = "FROM article_passages p JOIN articles a ON a.id = p.article_id WHERE \(sight.condition)"
        let parts = (1...words).map { "(instr(p.search, $\($0)) > 0)" }.joined(separator: " + ")
        let likes = (1...words).map { "p.search LIKE $\($0)" }
        let count = likes.map { "CASE WHEN \($0) THEN 1 ELSE 0 END" }.joined(separator: " + ")
        return SQLText(
            sqlite: """
                SELECT * FROM (SELECT \(PassageRow.columns), \(parts) AS hits \(from))
                WHERE hits > 0 ORDER BY hits DESC, id DESC, number LIMIT $\(words + 1)
                """,
            postgres: """
                SELECT \(PassageRow.columns) \(from) AND (\(likes.joined(separator: " OR ")))
                ORDER BY \(count) DESC, p.article_id DESC, p.number LIMIT $\(words + 1)
                """
        )
    }

    private static let head: SQLText = "SELECT revision FROM knowledge_head"

    private static let changed: SQLText = "SELECT a.id, a.audience FROM articles a WHERE a.revision > $1"

    /// Only those of the present text: a stale vector says what was written once.
    private static let vectors: SQLText = """
        SELECT v.article_id, v.number, v.vector FROM article_vectors v JOIN articles a ON a.id = v.article_id
        WHERE a.state = 'published' AND a.model = $1 AND a.embedded_version = a.text_version AND a.revision > $2
        ORDER BY a.changed_ms DESC, v.article_id, v.number LIMIT $3
        """
}
