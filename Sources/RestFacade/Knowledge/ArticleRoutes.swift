import Actors
import Domain
import Hummingbird

/// What the shop knows and wrote down.
struct ArticleRoutes: EndpointGroup {
    let articles: any ArticleStore
    let finder: ArticleSearch
    /// Rung after a change, so that vectors follow at once.
    let bell: WakeUps
    let maxArticleBytes: Int

    private static let path = "/ai/articles"
    private static let onePath = "/ai/articles/{article}"
    private static let resource = ArticleDescription.resource

    let title = "Articles"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listArticles", "Articles, a page at a time.", of: Self.resource, right: .articlesRead,
                sorts: ArticleSort.self, filters: ArticleDescription.filters, run: list),
            .create(
                Self.path, "createArticle", "Write an article.", of: Self.resource, right: .articlesWrite, run: make),
            Endpoint(
                method: .get,
                path: "\(Self.path)/search",
                id: "searchArticles",
                summary: "The passages of published articles that answer a question best, by words and by meaning.",
                right: .articlesRead,
                query: ArticleFindingsDescription.parameters,
                answers: [
                    .init(status: .ok, note: "The best first.", content: .json(ArticleFindingsDescription.answer))
                ],
                run: search
            ),
            .read(Self.onePath, "getArticle", "One article.", of: Self.resource, right: .articlesRead, run: read),
            .change(
                Self.onePath, "changeArticle", "Change an article.", of: Self.resource, right: .articlesWrite,
                run: change),
            .remove(
                Self.onePath, "removeArticle", "Remove an article; messages that cite it keep its title.",
                right: .articlesWrite, run: remove),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<ArticleSort, _> = try ListParameters.request(
            call.query, filter: ArticleDescription.filter(call.query))
        return .page(try await articles.articles(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        var article = Article(id: .make(at: call.at), by: call.caller.user.id, at: call.at)
        try ArticleDescription.merge(call.body, into: &article, maxBodyBytes: maxArticleBytes)
        let written = try await articles.add(article, call.making(at: Self.path))
        bell.wake()
        return call.created(written, at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        guard let article = try await articles.article(call.id("article")) else {
            throw HubError.notFound("there is no such article")
        }
        return call.answer(article)
    }

    private func change(_ call: Call) async throws -> Response {
        let article = try await articles.change(
            call.id("article"), expected: call.expectedVersion, call.writing()
        ) { [maxArticleBytes] article in
            try ArticleDescription.merge(call.body, into: &article, maxBodyBytes: maxArticleBytes)
        }
        bell.wake()
        return call.answer(article)
    }

    private func remove(_ call: Call) async throws -> Response {
        try await articles.remove(call.id("article"), expected: call.expectedVersion, call.writing())
        return Response(status: .noContent)
    }

    private func search(_ call: Call) async throws -> Response {
        let question = try call.query.text("q") ?? ""
        let sight: Article.Audience = try call.query.choice("audience") ?? .staff
        let limit = try call.query.integer("limit").map(Int.init) ?? ArticleFindingsDescription.usualLimit
        let findings = try await finder.find(question, for: sight, limit: limit)
        return .json { $0.value(ArticleFindingsDescription.document(findings)) }
    }
}

extension Article: VersionedDocument {}
