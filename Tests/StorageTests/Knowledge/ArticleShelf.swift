import Domain

@testable import Storage

/// Articles for tests.
extension StoreFixture {
    func article(
        _ title: String = "سياسة الاسترجاع",
        _ body: String = "تسترد قيمة البطاقة خلال أربعة عشر يومًا.",
        state: Article.State = .published,
        audience: Article.Audience = .customers,
        tags: [String] = []
    ) -> Article {
        clock.advance()
        var article = Article(id: .make(at: clock.now), by: .make(at: clock.now), at: clock.now)
        article.title = title
        article.body = body
        article.state = state
        article.audience = audience
        article.tags = tags
        article.url = "https://shop.example/help"
        return article
    }

    /// Written by `stores`.
    @discardableResult
    func written(_ article: Article, _ stores: StoreSet) async throws -> Article {
        try await stores.articles.add(article, writing()).value()
    }
}
