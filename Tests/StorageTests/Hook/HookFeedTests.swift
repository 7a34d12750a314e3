import Domain
import Testing

@testable import Storage

@Suite struct HookFeedTests {
    private func contact(_ stores: StoreSet, _ fixture: StoreFixture, _ name: String = "سارة") async throws
        -> CRMContact
    {
        var contact = CRMContact(id: .make(at: fixture.clock.now), at: fixture.clock.now)
        contact.name = name
        contact.notes = "بيننا"
        return try await stores.contacts.add(contact, scope: .everything, fixture.writing()).value()
    }

    @Test(arguments: Engine.allCases)
    func nothingIsOwedWhenNobodyListens(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            try await stores.append(visitor.room, Samples.text("؟", by: visitor.participant, mid: "q"))
            #expect(try await stores.hookFeed.plan(since: nil, at: fixture.clock.now, HookLimits()) == .nothing)
            #expect(try await fixture.query("SELECT 1 FROM hook_places").isEmpty, "nothing is written")
        }
    }

    @Test(arguments: Engine.allCases)
    func whatHappensIsOwedOnceFromTheMakingOfTheEndpointOn(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            try await stores.append(visitor.room, Samples.text("قبل", by: visitor.participant, mid: "q0"))
            _ = try await contact(stores, fixture)
            fixture.clock.advance(.seconds(60))
            let endpoint = try await stores.listen(fixture)
            let new = try await stores.makeVisitor(fixture)
            try await stores.append(visitor.room, Samples.text("بعد", by: visitor.participant, mid: "q1"))
            try await stores.append(new.room, Samples.text("مرحبا", by: new.participant, mid: "q2"))
            let made = try await contact(stores, fixture, "نورة")
            #expect(try await stores.plan(fixture) == 4)
            #expect(try await stores.plan(fixture) == 0, "once")
            #expect(
                try await stores.hookTypes()
                    == ["contact.created", "conversation.opened", "message.created", "message.created"])
            let delivery = try #require(try await stores.hookDeliveries { $0.type = .contactCreated }.first)
            let letter = try #require(try await stores.hookFeed.letter(delivery.id, at: fixture.clock.now))
            #expect(letter.body.contains("نورة") && !letter.body.contains("بيننا"))
            #expect(letter.url == endpoint.url && letter.event == delivery.event && letter.isWanted)
            #expect(letter.secrets.count == 1 && letter.body.contains(made.id.text))
        }
    }

    @Test(arguments: Engine.allCases)
    func whatWasWrittenWhileNobodyListenedIsNotReadLater(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let endpoint = try await stores.listen(fixture)
            let visitor = try await stores.makeVisitor(fixture)
            func turn(on: Bool) async throws {
                let now = fixture.clock.now
                _ = try await stores.hooks.change(endpoint.id, expected: nil, fixture.writing()) {
                    $0.turn(on: on, at: now)
                }
            }
            try await turn(on: false)
            try await stores.append(visitor.room, Samples.text("١", by: visitor.participant, mid: "q1"))
            _ = try await contact(stores, fixture)
            fixture.clock.advance(.seconds(60))
            try await turn(on: true)
            try await stores.append(visitor.room, Samples.text("٢", by: visitor.participant, mid: "q2"))
            #expect(try await stores.plan(fixture) == 1)
            #expect(try await stores.hookTypes() == ["message.created"])
        }
    }

    @Test(arguments: Engine.allCases)
    func severalHubsThatLookAtOnceOweEachEventOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let others = try await [stores, fixture.open(), fixture.open()]
            try await stores.listen(fixture, to: [.messageCreated])
            let visitors = try await [stores.makeVisitor(fixture), stores.makeVisitor(fixture)]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for visitor in visitors {
                    group.addTask {
                        for number in 0..<40 {
                            try await stores.append(
                                visitor.room, Samples.text("\(number)", by: visitor.participant, mid: "q\(number)"))
                        }
                    }
                }
                for hub in others {
                    group.addTask {
                        for _ in 0..<20 {
                            _ = try await hub.hookFeed.plan(since: nil, at: fixture.clock.now, HookLimits())
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await stores.plan(fixture)
            #expect(try await stores.hookDeliveries().count == 80)
            let twice = "SELECT 1 FROM hook_events GROUP BY stream, sequence, type HAVING count(*) > 1"
            #expect(try await fixture.query(twice).isEmpty)
            let owed = "SELECT DISTINCT recipient FROM outbox WHERE channel = 'hook'"
            #expect(try await fixture.query(owed).count == 80)
        }
    }

    @Test(arguments: Engine.allCases)
    func longLogsAndManyRoomsAreReadInPages(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await stores.listen(fixture, to: [.messageCreated, .contactCreated])
            var limits = HookLimits()
            (limits.page, limits.eventsPerRoom) = (2, 3)
            for _ in 0..<5 {
                let visitor = try await stores.makeVisitor(fixture)
                for number in 0..<7 {
                    try await stores.append(
                        visitor.room, Samples.text("\(number)", by: visitor.participant, mid: "q\(number)"))
                }
                _ = try await contact(stores, fixture)
            }
            #expect(try await stores.plan(fixture, limits) == 40)
            #expect(try await stores.plan(fixture, limits) == 0)
        }
    }

    @Test(arguments: Engine.allCases)
    func notesOfColleaguesAreNotTold(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            try await stores.listen(fixture)
            let visitor = try await stores.makeVisitor(fixture)
            try await stores.append(visitor.room, Samples.text("؟", by: visitor.participant, mid: "q"))
            let room = try #require(try await stores.rooms.room(visitor.room)?.conversation)
            try await stores.append(room.side, Samples.text("ملاحظة", by: Samples.sara, mid: "n"))
            try await stores.plan(fixture)
            let bodies = try await fixture.query("SELECT body FROM hook_events").map { "\($0.values)" }
            #expect(bodies.count == 2 && !bodies.joined().contains("ملاحظة"))
        }
    }

    @Test(arguments: Engine.allCases)
    func aTryIsWrittenDownAndWhatIsGoneIsTurnedOff(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let endpoint = try await stores.listen(fixture, to: [.messageCreated])
            let visitor = try await stores.makeVisitor(fixture)
            for number in 0..<3 {
                try await stores.append(
                    visitor.room, Samples.text("\(number)", by: visitor.participant, mid: "q\(number)"))
            }
            try await stores.plan(fixture)
            let taken = try await stores.takeHooks(fixture, usual: 2)
            #expect(taken.count == 2)
            try await stores.endHook(taken[0], .failed(.late), fixture)
            #expect(try await stores.hooks.endpoint(endpoint.id)?.failingSince == fixture.clock.now)
            try await stores.endHook(taken[1], .answered(status: 410, retryAfter: nil), fixture)
            let off = try #require(try await stores.hooks.endpoint(endpoint.id))
            #expect(off.off == .gone && off.version == 3)
            let states = try await stores.hookDeliveries().map(\.state)
            #expect(states.filter { $0 == .cancelled }.count == 2 && states.filter { $0 == .failed }.count == 1)
            let tried = try await stores.hookDeliveries().flatMap(\.attempts)
            #expect(Set(tried.compactMap(\.reason)) == ["timeout", "status"] && tried.allSatisfy { $0.number == 1 })
            let rows = try await fixture.query(
                "SELECT after_json FROM audit_logs WHERE action = 'webhook_endpoint.changed'")
            #expect("\(rows)".contains("gone"))
        }
    }

    @Test(arguments: Engine.allCases)
    func theBacklogOfOneHidesNoOther(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let busy = try await stores.listen(fixture, to: [.messageCreated])
            let visitor = try await stores.makeVisitor(fixture)
            for number in 0..<30 {
                try await stores.append(
                    visitor.room, Samples.text("\(number)", by: visitor.participant, mid: "q\(number)"))
            }
            try await stores.plan(fixture)
            fixture.clock.advance()
            let other = try await stores.listen(fixture, to: [.contactCreated])
            _ = try await contact(stores, fixture)
            try await stores.plan(fixture)
            let taken = try await stores.takeHooks(fixture, berths: [busy.id.text: 3], usual: 4)
            #expect(taken.filter { $0.lane.number == busy.id.text }.count == 3)
            #expect(taken.filter { $0.lane.number == other.id.text }.count == 1)
            #expect(try await stores.takeHooks(fixture, berths: [busy.id.text: 0]).isEmpty)
            let messages = try await stores.outbox.claim(limit: 100, without: [], at: fixture.clock.now, OutboxLimits())
            #expect(messages.isEmpty, "who sends to customers leaves them alone")
        }
    }

    @Test(arguments: Engine.allCases)
    func whatEndedLongAgoIsForgotten(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let endpoint = try await stores.listen(fixture, to: [.messageCreated])
            let visitor = try await stores.makeVisitor(fixture)
            for number in 0..<3 {
                try await stores.append(
                    visitor.room, Samples.text("\(number)", by: visitor.participant, mid: "q\(number)"))
            }
            try await stores.plan(fixture)
            for entry in try await stores.takeHooks(fixture, usual: 2) {
                try await stores.endHook(entry, .answered(status: 204, retryAfter: nil), fixture)
            }
            let later = fixture.clock.now + .seconds(60)
            #expect(try await stores.hookFeed.tidy(before: fixture.clock.now, limit: 10) == 0)
            #expect(try await stores.hookFeed.tidy(before: later, limit: 10) == 2)
            #expect(try await stores.hookDeliveries().map(\.state) == [.pending])
            #expect(try await fixture.query("SELECT 1 FROM outbox WHERE channel = 'hook'").count == 1)
            #expect(try await fixture.query("SELECT 1 FROM hook_events").count == 1)
            try await stores.hooks.remove(endpoint.id, expected: nil, fixture.writing())
            #expect(
                try await stores.hookFeed.tidy(before: Timestamp(milliseconds: 0), limit: 10) == 1,
                "its endpoint is gone")
        }
    }
}
