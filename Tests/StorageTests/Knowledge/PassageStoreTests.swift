import Domain
import Testing

@testable import Storage

@Suite struct PassageStoreTests {
    private func found(
        _ stores: StoreSet,
        _ words: String...,
        sight: Article.Audience = .customers,
        limit: Int = 10
    ) async throws -> [String] {
        try await stores.passages.passages(holding: words, for: sight, limit: limit).map(\.passage.text)
    }

    @Test(arguments: Engine.allCases)
    func passagesAreFoundAsSoonAsTheyAreWritten(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let body = "# الاسترجاع\nخلال أسبوعين\n# الدفع\nبطاقة مدى أو حوالة"
            let article = try await fixture.written(fixture.article("أسئلة", body), stores)
            #expect(try await found(stores, "اسبوعين") == ["خلال أسبوعين"])
            #expect(try await found(stores, "دفع", "بطاق") == ["بطاقة مدى أو حوالة"], "the heading counts too")
            #expect(try await found(stores, "اسئله").count == 2, "and so does the title")
            #expect(try await found(stores, "اسئله", limit: 1).count == 1)
            #expect(try await found(stores, "سعر").isEmpty)
            let one = try await stores.passages.passages(holding: ["مدي"], for: .customers, limit: 1).first
            #expect(one?.article == article.id && one?.passage.number == 1 && one?.passage.heading == "الدفع")
            #expect(one?.url == "https://shop.example/help" && one?.language == .arabic && one?.title == "أسئلة")

            _ = try await stores.articles.change(article.id, expected: nil, fixture.writing()) { $0.body = "أبل باي" }
            #expect(try await found(stores, "مدي").isEmpty)
            #expect(try await found(stores, "ابل") == ["أبل باي"])
        }
    }

    @Test(arguments: Engine.allCases)
    func mostWordsComeFirst(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            for body in ["شحن", "شحن رصيد سوا", "رصيد سوا"] {
                try await fixture.written(fixture.article("ع", body), stores)
            }
            #expect(try await found(stores, "شحن", "رصيد", "سوا", limit: 2) == ["شحن رصيد سوا", "رصيد سوا"])
        }
    }

    @Test(arguments: Engine.allCases)
    func nobodyFindsWhatTheyMayNotSee(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let inside = try await fixture.written(fixture.article("أ", "سر المخزن", audience: .staff), stores)
            let draft = try await fixture.written(fixture.article("ب", "مسودة المخزن", state: .draft), stores)
            let open = try await fixture.written(fixture.article("ج", "عنوان المخزن"), stores)
            #expect(try await found(stores, "مخزن") == ["عنوان المخزن"])
            #expect(try await found(stores, "مخزن", sight: .staff).sorted() == ["سر المخزن", "عنوان المخزن"])
            let keys = [inside, draft, open].map { PassageKey(article: $0.id, number: 0) }
            #expect(try await stores.passages.passages(keys, for: .customers).map(\.article) == [open.id])
            #expect(
                try await Set(stores.passages.passages(keys, for: .staff).map(\.article)) == [open.id, inside.id])
            #expect(try await stores.passages.passages([], for: .staff).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func whatIsNoWordIsHarmless(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await fixture.written(fixture.article("أ", "خصم 50"), stores)
            #expect(try await found(stores, "%").count == 1, "it folds to nothing, which stands in every text")
            #expect(try await found(stores, "' OR 1=1 --").isEmpty)
            #expect(try await stores.passages.passages(holding: [], for: .staff, limit: 9).isEmpty)
        }
    }
}
