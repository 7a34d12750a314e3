import Domain
import Testing

@testable import Storage

@Suite struct EmbeddingStoreTests {
    private static let lease = Duration.seconds(60)

    private func claimed(
        _ stores: StoreSet,
        _ fixture: StoreFixture,
        _ model: String = "m1",
        by hub: String = "n_1",
        limit: Int = 10
    ) async throws -> [EmbeddingTask] {
        let now = fixture.clock.now
        return try await stores.embeddings.claim(for: model, by: hub, at: now, until: now + Self.lease, limit: limit)
    }

    /// Claims one article and keeps vectors for it.
    private func embedded(_ stores: StoreSet, _ fixture: StoreFixture, _ model: String = "m1") async throws {
        for task in try await claimed(stores, fixture, model) {
            let vectors = try task.passages.map { try Self.vector($0.number) }
            #expect(try await stores.embeddings.keep(vectors, of: task, model: model, by: "n_1"))
        }
    }

    private static func vector(_ number: Int) throws -> EmbeddingVector {
        try #require(EmbeddingVector([1, Float(number), 0.25]))
    }

    private func changes(_ stores: StoreSet, after revision: Int64 = 0, _ model: String = "m1") async throws
        -> VectorChanges
    {
        try await stores.passages.vectors(of: model, after: revision, limit: 100)
    }

    @Test(arguments: Engine.allCases)
    func anArticleGetsItsVectorsOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let body = "# أ\nنص أول\n# ب\nنص ثان"
            let article = try await fixture.written(fixture.article("عنوان", body), stores)
            try await fixture.written(fixture.article(state: .draft), stores)
            let tasks = try await claimed(stores, fixture)
            #expect(tasks.map(\.article) == [article.id], "drafts wait")
            let task = try #require(tasks.first)
            #expect(task.texts == ["عنوان\nأ\nنص أول", "عنوان\nب\nنص ثان"] && task.failures == 0)
            #expect(try await claimed(stores, fixture, by: "n_2").isEmpty, "one hub has it")
            let progress = try await stores.embeddings.progress(for: "m1")
            #expect(progress == EmbeddingProgress(published: 1, missing: 1, failed: 0, problem: nil))

            let vectors = [try Self.vector(1), try Self.vector(2)]
            #expect(try await !stores.embeddings.keep(vectors, of: task, model: "m1", by: "n_2"))
            #expect(try await stores.embeddings.keep(vectors, of: task, model: "m1", by: "n_1"))
            #expect(try await claimed(stores, fixture).isEmpty)
            #expect(try await stores.embeddings.progress(for: "m1").missing == 0)
            let held = try await changes(stores)
            #expect(held.revision == (try await stores.passages.revision()) && held.articles.count == 2)
            let entry = try #require(held.changed.first { $0.article == article.id })
            #expect(entry.vectors.map(\.number) == [0, 1] && entry.audience == .customers)
            let likeness = try #require(entry.vectors.last?.vector.likeness(to: Self.vector(2)))
            #expect(likeness > 0.9999)
            #expect(try await changes(stores, after: held.revision).changed.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func anotherTextOrModelIsDueAgain(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let article = try await fixture.written(fixture.article(), stores)
            try await embedded(stores, fixture)
            func change(_ change: @escaping @Sendable (inout Article) -> Void) async throws {
                fixture.clock.advance()
                _ = try await stores.articles.change(article.id, expected: nil, fixture.writing(), change)
            }
            let before = try await stores.passages.revision()
            try await change { $0.tags = ["جديد"] }
            #expect(try await claimed(stores, fixture).isEmpty, "what it means is as before")
            try await change { $0.audience = .staff }
            let seen = try await changes(stores, after: before).changed
            #expect(seen.map(\.audience) == [.staff] && seen.first?.vectors.count == 1)

            try await change { $0.body = "نص آخر" }
            let stale = try await changes(stores, after: before).changed
            #expect(stale.count == 1 && stale.first?.vectors.isEmpty == true, "stale vectors find nothing")
            try await embedded(stores, fixture)
            #expect(try await changes(stores).changed.first?.vectors.count == 1)
            #expect(try await changes(stores, "m2").changed.first?.vectors.isEmpty == true)
            #expect(try await claimed(stores, fixture, "m2").count == 1, "another model knows none of them")
        }
    }

    @Test(arguments: Engine.allCases)
    func aTextThatChangedMeanwhileIsNotLost(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let article = try await fixture.written(fixture.article(), stores)
            let task = try #require(try await claimed(stores, fixture).first)
            _ = try await stores.articles.change(article.id, expected: nil, fixture.writing()) { $0.body = "نص آخر" }
            #expect(try await !stores.embeddings.keep([Self.vector(1)], of: task, model: "m1", by: "n_1"))
            let next = try #require(try await claimed(stores, fixture).first)
            #expect(next.passages.map(\.text) == ["نص آخر"] && next.textVersion == 2)
            try await stores.articles.remove(article.id, expected: nil, fixture.writing())
            #expect(try await !stores.embeddings.keep([Self.vector(1)], of: next, model: "m1", by: "n_1"))
            #expect(try await fixture.query("SELECT 1 FROM article_vectors").isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func whatFailsIsPutOffAndShown(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let article = try await fixture.written(fixture.article(), stores)
            let task = try #require(try await claimed(stores, fixture).first)
            let due = fixture.clock.now + .seconds(10)
            try await stores.embeddings.putOff(task, by: "n_1", until: due, problem: "bad_credential")
            #expect(try await claimed(stores, fixture).isEmpty)
            let progress = try await stores.embeddings.progress(for: "m1")
            #expect(
                progress == EmbeddingProgress(published: 1, missing: 1, failed: 1, problem: "bad_credential"))
            fixture.clock.advance(.seconds(10))
            let again = try #require(try await claimed(stores, fixture, by: "n_2").first)
            #expect(again.failures == 1)
            try await stores.embeddings.putOff(again, by: "n_2", until: due + .seconds(99), problem: "x")
            _ = try await stores.articles.change(article.id, expected: nil, fixture.writing()) { $0.title = "آخر" }
            #expect(try await claimed(stores, fixture).first?.failures == 0, "another text may do better")
        }
    }

    @Test(arguments: Engine.allCases)
    func aHubThatIsGoneIsFollowed(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await fixture.written(fixture.article(), stores)
            let task = try #require(try await claimed(stores, fixture).first)
            fixture.clock.advance(Self.lease)
            #expect(try await claimed(stores, fixture, by: "n_2") == [task])
            #expect(try await !stores.embeddings.keep([Self.vector(1)], of: task, model: "m1", by: "n_1"))
            #expect(try await stores.embeddings.keep([Self.vector(1)], of: task, model: "m1", by: "n_2"))
        }
    }

    @Test(arguments: Engine.allCases)
    func severalHubsShareTheWork(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            for number in 0..<20 { try await fixture.written(fixture.article("م\(number)"), stores) }
            let other = try await fixture.open()
            let now = fixture.clock.now
            let taken = try await withThrowingTaskGroup(of: [EmbeddingTask].self) { group in
                for (index, hub) in [stores, other, stores, other].enumerated() {
                    group.addTask {
                        var mine: [EmbeddingTask] = []
                        while true {
                            let more = try await hub.embeddings.claim(
                                for: "m1", by: "n_\(index)", at: now, until: now + Self.lease, limit: 3)
                            if more.isEmpty { return mine }
                            mine += more
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.count == 20 && Set(taken.map(\.article)).count == 20)
        }
    }
}
