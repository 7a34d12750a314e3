import Domain
import Testing

@testable import Storage

@Suite struct ArticleStoreTests {
    private func listed(
        _ stores: StoreSet,
        search: String? = nil,
        order: ListOrder<ArticleSort> = ListOrder(.title),
        _ change: (inout ArticleFilter) -> Void = { _ in }
    ) async throws -> [String] {
        var filter = ArticleFilter()
        change(&filter)
        let request = ListRequest(filter: filter, search: search, order: order, limit: 10)
        return try await stores.articles.articles(request).items.map(\.title)
    }

    @Test(arguments: Engine.allCases)
    func anArticleLives(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let store = stores.articles
            let article = fixture.article(state: .draft, audience: .staff, tags: ["استرجاع", "طرق الدفع"])
            #expect(try await store.add(article, fixture.writing()).value() == article)
            #expect(try await store.article(article.id) == article)
            fixture.clock.advance()
            let changed = try await store.change(article.id, expected: 1, fixture.writing()) { article in
                article.title = "Refunds"
                article.language = .english
                article.url = nil
                article.tags = []
                article.state = .published
            }
            #expect(changed.version == 2 && changed.changedAt > article.changedAt && changed.url == nil)
            #expect(try await store.article(article.id) == changed)
            let stale = try await code {
                _ = try await store.change(article.id, expected: 1, fixture.writing()) { $0.title = "x" }
            }
            #expect(stale == .stale)
            #expect(
                try await code { try await store.remove(article.id, expected: 1, fixture.writing()) } == .stale)
            try await store.remove(article.id, expected: 2, fixture.writing())
            #expect(try await store.article(article.id) == nil)
            #expect(try await fixture.query("SELECT 1 FROM article_passages").isEmpty)
            #expect(
                try await code { try await store.remove(article.id, expected: nil, fixture.writing()) } == .notFound)
            let entries = try await fixture.query("SELECT action FROM audit_logs ORDER BY seq")
            #expect(
                entries.map(\.values) == [
                    [.text("article.created")], [.text("article.changed")], [.text("article.removed")],
                ])
        }
    }

    @Test(arguments: Engine.allCases)
    func aListFindsArabicAndTags(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await fixture.written(fixture.article("أ", "شحن الهَدِيّة إلى المدينة", tags: ["الشحن"]), stores)
            try await fixture.written(fixture.article("ب", "نص", state: .draft, tags: ["طرق الدفع", "50%_"]), stores)
            try await fixture.written(fixture.article("ج", "للزملاء", audience: .staff), stores)
            #expect(try await listed(stores) == ["أ", "ب", "ج"])
            #expect(try await listed(stores, search: "هديه الى المدينه") == ["أ"])
            #expect(try await listed(stores, search: "طرق الدفع") == ["ب"])
            #expect(try await listed(stores) { $0.tag = "طُرُق الدَّفع" } == ["ب"])
            #expect(try await listed(stores) { $0.tag = "الدفع" }.isEmpty, "a tag is whole")
            #expect(try await listed(stores) { $0.tag = "50" } == ["ب"])
            #expect(try await listed(stores) { $0.state = .published } == ["أ", "ج"])
            #expect(try await listed(stores) { $0.audience = .staff } == ["ج"])
            #expect(try await listed(stores) { $0.language = .english }.isEmpty)
            #expect(try await listed(stores, order: ArticleSort.usual) == ["ج", "ب", "أ"])
        }
    }

    @Test(arguments: Engine.allCases)
    func aRequestThatIsRepeatedWritesOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let once = Once<Article>(owner: "u", key: "k", fingerprint: "f") {
                StoredAnswer(status: 201, location: nil, body: $0.title)
            }
            for _ in 0..<2 {
                _ = try await stores.articles.add(fixture.article(), fixture.writing(once: once))
            }
            #expect(try await listed(stores).count == 1)
            #expect(try await fixture.query("SELECT 1 FROM article_passages").count == 1)
        }
    }
}
