import Domain
import Testing

@testable import Storage

@Suite struct LabelStoreTests {
    static func label(_ name: String, _ stores: StoreSet, _ fixture: StoreFixture) async throws -> Label {
        var label = Label(id: .make(at: fixture.clock.now), at: fixture.clock.now)
        label.nameAr = name
        return try await stores.labels.add(label, fixture.writing()).value()
    }

    @Test(arguments: Engine.allCases)
    func namesAreUniqueWhateverTheirSpelling(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shipping = try await Self.label("شحنة", stores, fixture)
            #expect(try await stores.labels.label(shipping.id) == shipping)
            #expect(try await code { _ = try await Self.label("شحنه", stores, fixture) } == .conflict)
            let refund = try await Self.label("استرجاع", stores, fixture)
            let taken = try await code {
                _ = try await stores.labels.change(refund.id, expected: 1, fixture.writing()) { $0.nameAr = "شحنة" }
            }
            #expect(taken == .conflict)
            let changed = try await stores.labels.change(refund.id, expected: 1, fixture.writing()) {
                $0.color = "#AA0000"
            }
            #expect(changed.version == 2 && changed.color == "#AA0000")
            let request = ListRequest(filter: LabelFilter(), search: "شحنه", order: LabelSort.usual, limit: 5)
            #expect(try await stores.labels.labels(request).items == [shipping])
        }
    }

    @Test(arguments: Engine.allCases)
    func colleaguesAreToldInTheSameCommit(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let summary = try #require(try await stores.conversations.summaries(of: [visitor.room]).first)
            let a = try await Self.label("أ", stores, fixture)
            let b = try await Self.label("ب", stores, fixture)
            func put(_ labels: Label...) async throws -> LabelledConversation {
                try await stores.labels.put(labels.map(\.id), on: visitor.room, by: Samples.sara, fixture.writing())
            }
            let first = try await put(b, a)
            #expect(first.labels == [a.mark, b.mark] && first.side == summary.conversation.side)
            #expect(try await put(a, b).sideHead == first.sideHead, "nothing changed, so nothing is told")
            let second = try await put(b)
            #expect(second.sideHead > first.sideHead)
            #expect(
                try await stores.log(of: first.side).map(\.content) == [
                    .labels(added: [a.mark, b.mark], removed: []), .labels(added: [], removed: [a.mark]),
                ])
            let now = try #require(try await stores.conversations.summaries(of: [visitor.room]).first)
            #expect(now.labels == [b.mark] && now.sideHead == second.sideHead)
            let found = try await stores.conversations.inbox(InboxQuery(label: b.id, limit: 5))
            #expect(found.map(\.room.id) == [visitor.room])
            #expect(try await stores.conversations.inbox(InboxQuery(label: a.id, limit: 5)).isEmpty)

            // Whoever watches the inbox hears that its lines have changed.
            func isTouched(_ change: () async throws -> Void) async throws -> Bool {
                fixture.clock.advance(.seconds(60))
                let since = fixture.clock.now
                try await change()
                return try await stores.rooms.changes(since: since, limit: 9).map(\.room) == [visitor.room]
            }
            #expect(
                try await isTouched {
                    _ = try await stores.labels.change(b.id, expected: nil, fixture.writing()) { $0.nameAr = "ت" }
                })
            #expect(
                try await !isTouched {
                    _ = try await stores.labels.change(a.id, expected: nil, fixture.writing()) { $0.nameAr = "ث" }
                })
            #expect(
                try await isTouched { try await stores.labels.remove(b.id, expected: nil, fixture.writing()) })
            let bare = try #require(try await stores.conversations.summaries(of: [visitor.room]).first)
            #expect(bare.labels.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func onlyLabelsStickToConversationsOnly(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let label = try await Self.label("أ", stores, fixture)
            func put(_ label: LabelID, on room: RoomID) async throws -> HubError.Code? {
                try await code {
                    _ = try await stores.labels.put([label], on: room, by: Samples.sara, fixture.writing())
                }
            }
            #expect(try await put(.make(at: fixture.clock.now), on: visitor.room) == .invalid)
            let channel = try await stores.makeRoom(.channel, fixture)
            #expect(try await put(label.id, on: channel.id) == .notFound)
            #expect(try await put(label.id, on: .make(at: fixture.clock.now)) == .notFound)
            #expect(try await put(label.id, on: visitor.room) == nil)
        }
    }
}
