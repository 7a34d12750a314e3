import Domain
import Testing

@testable import Storage

@Suite struct CallbackStoreTests {
    @Test(arguments: Engine.allCases)
    func aPromiseIsKeptAndFinished(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let omar = try await stores.makeUser("عمر", fixture)
            let callback = try fixture.callback { callback in
                callback.conversation = visitor.room
                callback.name = "ليلى"
                callback.topic = "كمية كبيرة"
                callback.owner = omar.id
            }
            try await stores.keep(callback, fixture)
            #expect(try await stores.callbacks.callback(callback.id, scope: .everything) == callback)
            // Another one then and there would be the same.
            let twin = try fixture.callback { $0.conversation = visitor.room }
            #expect(try await code { _ = try await stores.keep(twin, fixture) } == .conflict)
            let later = try await stores.keep(
                try fixture.callback { callback in
                    callback.conversation = visitor.room
                    callback.dueAt = fixture.clock.now + .seconds(7200)
                }, fixture)
            let moved = try await code {
                _ = try await stores.callbacks.change(
                    later.id, scope: .everything, expected: nil, fixture.writing()
                ) { $0.dueAt = callback.dueAt }
            }
            #expect(moved == .conflict)
            let done = try await stores.callbacks.change(
                callback.id, scope: .everything, expected: 1, fixture.writing()
            ) { callback in
                try callback.move(to: .done)
                callback.outcome = "اشترى"
            }
            #expect(done.version == 2 && done.state == .done)
            try await stores.keep(twin, fixture)
            let again = try await code {
                _ = try await stores.callbacks.change(
                    callback.id, scope: .everything, expected: nil, fixture.writing()
                ) { try $0.move(to: .planned) }
            }
            #expect(again == .conflict)
        }
    }

    @Test(arguments: Engine.allCases)
    func thoseThatAreDueAreFoundFirst(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (omar, noura) = (
                try await stores.makeUser("عمر", fixture), try await stores.makeUser("نورة", fixture)
            )
            let contact = try await stores.keep(fixture.contact("ليلى") { $0.owner = noura.id }, fixture)
            for hour in [3, 1, 2] as [Int64] {
                try await stores.keep(
                    try fixture.callback { callback in
                        callback.dueAt = fixture.clock.now + .seconds(hour * 3600)
                        callback.name = "\(hour)"
                        if hour > 1 { callback.contact = contact.id }
                        if hour == 3 { callback.owner = omar.id }
                    }, fixture)
            }
            func names(_ scope: CRMScope, search: String? = nil) async throws -> [String?] {
                let filter = CallbackFilter(scope: scope)
                return try await stores.callbacks.callbacks(
                    ListRequest(filter: filter, search: search, order: CallbackSort.usual, limit: 10)
                ).items.map(\.name)
            }
            #expect(try await names(.everything) == ["1", "2", "3"])
            #expect(try await names(.agent(noura.id)) == ["1", "2", "3"])
            #expect(try await names(.agent(omar.id)) == ["1", "3"])
            #expect(try await names(.everything, search: "966501234567").count == 3)
        }
    }

    @Test(arguments: Engine.allCases)
    func theCalendarIsOwedWhatItShowsWhileItIsConnected(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            func owed() async throws -> [OutboxEntry] {
                try await stores.outbox.claim(limit: 9, without: [], at: fixture.clock.now, OutboxLimits())
            }
            func change(
                _ id: CallbackID,
                _ edit: @escaping @Sendable (inout Callback) throws -> Void
            ) async throws {
                _ = try await stores.callbacks.change(id, scope: .everything, expected: nil, fixture.writing(), edit)
            }
            try await stores.keep(try fixture.callback { _ in }, fixture)
            #expect(try await owed() == [])
            let sealed = try #require(IntegrationStoreTests.sealed)
            _ = try await stores.integrations.keep(.googleCalendar, expected: nil, fixture.writing()) { config in
                config.isEnabled = true
                config.secrets["refresh_token"] = IntegrationConfig.KeptSecret(
                    sealed: sealed, changedAt: fixture.clock.now)
            }
            let callback = try await stores.keep(
                try fixture.callback { $0.dueAt = fixture.clock.now + .seconds(60) }, fixture)
            let first = try await owed()
            #expect(first.map(\.content) == [.appointment(callback.id)] && first[0].room == nil)
            try await change(callback.id) { $0.outcome = "لم يرد" }
            try await change(callback.id) { $0.topic = "فاتورة" }
            #expect(try await owed() == [], "of one appointment one entry leaves at a time")
            try await stores.outbox.change(first[0].id) { [now = fixture.clock.now] in
                $0.end(take: 1, .sent("x"), chance: 0, at: now, OutboxLimits())
            }
            #expect(try await owed().map(\.content) == [.appointment(callback.id)])
            #expect(try await stores.outbox.untold(limit: 9) == [], "no room shows it")
        }
    }
}
