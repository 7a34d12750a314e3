import Domain
import Testing

@testable import Storage

@Suite struct CannedReplyStoreTests {
    static func entry(
        _ fixture: StoreFixture,
        _ shortcut: String,
        _ arabic: String? = "أهلاً {{contact.name}}",
        _ english: String? = nil,
        team: TeamID? = nil
    ) throws -> CannedReplyEntry {
        let reply = try CannedReply(shortcut: shortcut, textAr: arabic, textEn: english)
        return CannedReplyEntry(id: .make(at: fixture.clock.now), team: team, reply: reply, at: fixture.clock.now)
    }

    private func listed(
        _ stores: StoreSet,
        search: String? = nil,
        _ change: (inout CannedReplyFilter) -> Void = { _ in }
    ) async throws -> [String] {
        var filter = CannedReplyFilter()
        change(&filter)
        let request = ListRequest(filter: filter, search: search, order: CannedReplySort.usual, limit: 10)
        return try await stores.cannedReplies.replies(request).items.map(\.reply.shortcut)
    }

    @Test(arguments: Engine.allCases)
    func aReplyLives(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let store = stores.cannedReplies
            let greeting = try Self.entry(fixture, "أهلا")
            #expect(try await store.add(greeting, fixture.writing()).value() == greeting)
            #expect(try await store.reply(greeting.id) == greeting)
            let changed = try await store.change(greeting.id, expected: 1, fixture.writing()) { entry in
                entry.reply = try CannedReply(shortcut: "مرحبا", textAr: nil, textEn: "Hello")
            }
            #expect(changed.version == 2 && changed.reply.english?.source == "Hello")
            #expect(try await store.reply(greeting.id) == changed)
            let stale = try await code {
                _ = try await store.change(greeting.id, expected: 1, fixture.writing()) { $0.team = nil }
            }
            #expect(stale == .stale)
            try await store.remove(greeting.id, expected: 2, fixture.writing())
            #expect(try await store.reply(greeting.id) == nil)
            #expect(
                try await code { try await store.remove(greeting.id, expected: nil, fixture.writing()) } == .notFound)
        }
    }

    @Test(arguments: Engine.allCases)
    func shortcutsAreUniqueWhateverTheirCase(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let store = stores.cannedReplies
            _ = try await store.add(Self.entry(fixture, "Hello", nil, "Hello"), fixture.writing()).value()
            let second = try Self.entry(fixture, "hello", nil, "Hi")
            #expect(try await code { _ = try await store.add(second, fixture.writing()) } == .conflict)
            let other = try await store.add(Self.entry(fixture, "hi", nil, "Hi"), fixture.writing()).value()
            let taken = try await code {
                _ = try await store.change(other.id, expected: nil, fixture.writing()) { entry in
                    entry.reply = try CannedReply(shortcut: "HELLO", textAr: nil, textEn: "Hi")
                }
            }
            #expect(taken == .conflict)
        }
    }

    @Test(arguments: Engine.allCases)
    func aListFindsArabicAndWhatOneMayUse(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let sara = try await APITokenStoreTests.user(stores, fixture)
            var sales = Team(id: .make(at: fixture.clock.now), at: fixture.clock.now)
            sales.nameAr = "المبيعات"
            sales.members = [sara.id]
            let support = Team(id: .make(at: fixture.clock.now), at: fixture.clock.now)
            for team in [sales, support] { _ = try await stores.teams.add(team, fixture.writing()).value() }
            let entries = [
                try Self.entry(fixture, "a", "سيصلك الشحن إلى المدينة"),
                try Self.entry(fixture, "b", "خصم", team: sales.id),
                try Self.entry(fixture, "c", nil, "Refund", team: support.id),
            ]
            for entry in entries { _ = try await stores.cannedReplies.add(entry, fixture.writing()).value() }
            #expect(try await listed(stores) == ["a", "b", "c"])
            #expect(try await listed(stores, search: "الى المدينه") == ["a"])
            #expect(try await listed(stores) { $0.usableBy = sara.id } == ["a", "b"])
            #expect(try await listed(stores) { $0.team = support.id } == ["c"])
            #expect(try await listed(stores) { $0.shortcut = "B" } == ["b"])

            let away = try await code { try await stores.teams.remove(support.id, expected: nil, fixture.writing()) }
            #expect(away == .conflict)
            let nowhere = try Self.entry(fixture, "d", "د", nil, team: .make(at: fixture.clock.now))
            #expect(try await code { _ = try await stores.cannedReplies.add(nowhere, fixture.writing()) } == .invalid)
        }
    }
}
