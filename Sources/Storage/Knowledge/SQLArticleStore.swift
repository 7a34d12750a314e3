import Domain

/// Articles over either database.
struct SQLArticleStore: ArticleStore {
    let database: any SQLDatabase

    func article(_ id: ArticleID) async throws -> Article? {
        try await database.lookup { session in
            try session.execute(Self.byID, [.id(id)]).first.map(ArticleRow.read)
        }
    }

    func articles(_ request: ListRequest<ArticleSort, ArticleFilter>) async throws -> ListPage<Article> {
        let statement = Self.list(request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(ArticleRow.read), limit: request.limit) { article in
                article.position(by: request.order.key)
            }
        }
    }

    func add(_ article: Article, _ writing: Writing<Article>) async throws -> Written<Article> {
        try await database.write(writing) { _ in
            let statements = [
                PassageStatements.nextRevision, ArticleRow.insert(article), PassageStatements.add(article),
            ]
            return Change(article, .created(article), statements: statements)
        }
    }

    func change(
        _ id: ArticleID,
        expected: Int64?,
        _ writing: Writing<Article>,
        _ change: @escaping @Sendable (inout Article) throws -> Void
    ) async throws -> Article {
        try await database.write(writing) { session in
            let old = try Self.locked(id, session)
            return try Change(of: old, expected: expected, at: writing.at, change) { new in
                let write = [PassageStatements.nextRevision, ArticleRow.update(new)]
                guard new.title != old.title || new.body != old.body else { return write }
                return write + PassageStatements.remove(id) + [PassageStatements.add(new)]
            }
        }.value()
    }

    func remove(_ id: ArticleID, expected: Int64?, _ writing: Writing<Article>) async throws {
        _ = try await database.write(writing) { session in
            let article = try Self.locked(id, session)
            try article.require(expected)
            let statements =
                [PassageStatements.nextRevision] + PassageStatements.remove(id)
                + [SQLStatement("DELETE FROM articles WHERE id = $1", [.id(id)])]
            return Change(article, .removed(article), statements: statements)
        }
    }

    /// Throws `not_found`.
    private static func locked(_ id: ArticleID, _ session: any SQLSession) throws -> Article {
        guard let article = try session.execute(lock, [.id(id)]).first.map(ArticleRow.read) else {
            throw HubError.notFound("there is no such article")
        }
        return article
    }

    // MARK: Statements

    private static let byID = SQLText("SELECT \(ArticleRow.columns) FROM articles a WHERE a.id = $1")

    private static let lock = SQLText.locking("SELECT \(ArticleRow.columns) FROM articles a WHERE a.id = $1", of: "a")

    private static func list(_ request: ListRequest<ArticleSort, ArticleFilter>) -> SQLStatement {
        var list = ListStatement()
        let filter = request.filter
        list.require("a.state = $?", optional: filter.state.map { .text($0.rawValue) })
        list.require("a.audience = $?", optional: filter.audience.map { .text($0.rawValue) })
        list.require("a.language = $?", optional: filter.language.map { .text($0.rawValue) })
        list.require("a.tag_keys LIKE $?", optional: filter.tag.map { .text("%\(ArticleRow.key(ofTag: $0))%") })
        list.require("a.author_id = $?", optional: filter.author.map { .id($0) })
        list.search(request.search, in: "a.search")
        return list.page(
            "SELECT \(ArticleRow.columns) FROM articles a",
            sortedBy: "a.\(request.order.key.column)",
            id: "a.id",
            request
        )
    }
}

extension ArticleSort {
    fileprivate var column: String {
        switch self {
        case .createdAt: "created_ms"
        case .updatedAt: "changed_ms"
        case .title: "title"
        }
    }
}

extension Article {
    fileprivate func position(by key: ArticleSort) -> ListPosition {
        let value: ListPosition.Value =
            switch key {
            case .createdAt: .integer(createdAt.milliseconds)
            case .updatedAt: .integer(changedAt.milliseconds)
            case .title: .text(title)
            }
        return ListPosition(value: value, id: id.text)
    }
}
