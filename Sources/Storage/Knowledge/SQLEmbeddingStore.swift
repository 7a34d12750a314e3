import Domain

/// The work of embedding over either database.
struct SQLEmbeddingStore: EmbeddingStore {
    let database: any SQLDatabase

    func claim(
        for model: String,
        by hub: String,
        at moment: Timestamp,
        until lease: Timestamp,
        limit: Int
    ) async throws -> [EmbeddingTask] {
        let values: [SQLValue] = [.text(model), .moment(moment), .text(hub), .moment(lease), .count(limit)]
        return try await database.write { session in
            let tasks = try session.execute(Self.claim, values).map(Self.read)
            guard !tasks.isEmpty else { return [] }
            let passages = try session.batch(tasks.map { SQLStatement(Self.passages, [.id($0.article)]) })
            return try zip(tasks, passages).map { task, rows in
                EmbeddingTask(
                    article: task.article, textVersion: task.textVersion, title: task.title,
                    passages: try rows.map(Self.passage), failures: task.failures)
            }
        }
    }

    func keep(_ vectors: [EmbeddingVector], of task: EmbeddingTask, model: String, by hub: String) async throws -> Bool
    {
        let rows = zip(task.passages, vectors).map { passage, vector -> [SQLValue] in
            [.id(task.article), .count(passage.number), .text(PassageRow.text(of: vector))]
        }
        return try await database.write { session in
            let mine = try session.execute(
                Self.lock, [.id(task.article), .text(hub), .integer(task.textVersion)])
            guard !mine.isEmpty else {
                // Another text is due at once.
                _ = try session.finish(Self.release, [.id(task.article), .text(hub)])
                return false
            }
            _ = try session.finish([
                PassageStatements.nextRevision,
                SQLStatement("DELETE FROM article_vectors WHERE article_id = $1", [.id(task.article)]),
                Self.insert.over(rows),
                SQLStatement(Self.keep, [.id(task.article), .text(model), .integer(task.textVersion)]),
            ])
            return true
        }
    }

    func putOff(_ task: EmbeddingTask, by hub: String, until due: Timestamp, problem: String) async throws {
        let values: [SQLValue] = [
            .id(task.article), .text(hub), .integer(task.textVersion), .moment(due), .text(problem),
        ]
        try await database.write { session in
            _ = try session.batch([
                SQLStatement(Self.putOff, values), SQLStatement(Self.release, [.id(task.article), .text(hub)]),
            ])
        }
    }

    func progress(for model: String) async throws -> EmbeddingProgress {
        try await database.read { session in
            let found = try session.batch([
                SQLStatement(Self.counts, [.text(model)]), SQLStatement(Self.problem),
            ])
            guard var counts = found[0].first?.reader else { throw HubError(.internal, "Nothing was counted.") }
            var problem = found[1].first?.reader
            return EmbeddingProgress(
                published: try counts.integer(), missing: try counts.integer(), failed: try counts.integer(),
                problem: try problem?.optionalText())
        }
    }

    private static func read(_ row: SQLRow) throws(HubError) -> EmbeddingTask {
        var row = row.reader
        return EmbeddingTask(
            article: try row.text(ArticleID.init), textVersion: try row.integer(), title: try row.text(),
            passages: [], failures: try row.integer())
    }

    private static func passage(_ row: SQLRow) throws(HubError) -> Passage {
        var row = row.reader
        return Passage(number: Int(try row.integer()), heading: try row.text(), text: try row.text())
    }

    // MARK: Statements

    private static let wanting = "state = 'published' AND (model <> $1 OR embedded_version <> text_version)"

    /// Rows that another hub claims now are passed over; and who changes a row first has it.
    private static let claim = SQLText(sqlite: claim(""), postgres: claim("FOR UPDATE SKIP LOCKED"))

    private static func claim(_ lock: String) -> String {
        """
        UPDATE articles SET hub = $3, lease_ms = $4
        WHERE lease_ms <= $2 AND due_ms <= $2 AND \(wanting) AND id IN (
            SELECT id FROM articles WHERE lease_ms <= $2 AND due_ms <= $2 AND \(wanting)
            ORDER BY due_ms, changed_ms DESC LIMIT $5 \(lock)
        ) RETURNING id, text_version, title, failures
        """
    }

    private static let passages: SQLText = """
        SELECT number, heading, text FROM article_passages WHERE article_id = $1 ORDER BY number
        """

    private static let lock = SQLText.locking(
        "SELECT a.id FROM articles a WHERE a.id = $1 AND a.hub = $2 AND a.text_version = $3", of: "a")

    private static let release: SQLText = "UPDATE articles SET hub = '', lease_ms = 0 WHERE id = $1 AND hub = $2"

    private static let keep: SQLText = """
        UPDATE articles SET
            model = $2, embedded_version = $3, hub = '', lease_ms = 0, failures = 0, due_ms = 0, problem = NULL,
            revision = (SELECT h.revision FROM knowledge_head h)
        WHERE id = $1
        """

    /// A failure with an old text says nothing of the new one.
    private static let putOff: SQLText = """
        UPDATE articles SET failures = failures + 1, due_ms = $4, problem = $5
        WHERE id = $1 AND hub = $2 AND text_version = $3
        """

    private static let counts = SQLText(
        """
        SELECT COUNT(*),
            COALESCE(SUM(CASE WHEN \(wanting) THEN 1 ELSE 0 END), 0),
            COALESCE(SUM(CASE WHEN \(wanting) AND failures > 0 THEN 1 ELSE 0 END), 0)
        FROM articles WHERE state = 'published'
        """)

    private static let problem: SQLText = """
        SELECT problem FROM articles WHERE state = 'published' AND failures > 0 ORDER BY due_ms DESC LIMIT 1
        """

    private static let columns: [SQLColumn] = [.text("article_id"), .integer("number"), .text("vector")]

    private static let insert = SQLBulk(
        columns,
        sqlite: "INSERT INTO article_vectors (article_id, number, vector) VALUES (\(SQLBulk.numbers(columns)))",
        postgres: """
            INSERT INTO article_vectors (article_id, number, vector) SELECT article_id, number, vector FROM k
            """
    )
}
