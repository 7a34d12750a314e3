import Domain
import Testing

@testable import Storage

@Suite struct InboxTests {
    @Test(arguments: Engine.allCases)
    func pagesAreNewestFirstWithoutGapOrRepeat(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            var rooms: [RoomID] = []
            for index in 0..<25 {
                // Some share their moment: the id breaks the tie.
                if index % 3 != 0 { fixture.clock.advance() }
                rooms.append(try await stores.makeVisitor(fixture).room)
            }
            _ = try await stores.makeRoom(.channel, fixture)
            var seen: [ConversationSummary] = []
            var cursor: InboxQuery.Cursor?
            while true {
                let page = try await stores.conversations.inbox(InboxQuery(before: cursor, limit: 4))
                seen += page
                guard let last = page.last else { break }
                cursor = .init(changedAt: last.changedAt, room: last.room.id)
            }
            #expect(Set(seen.map(\.room.id)) == Set(rooms))
            #expect(seen.count == rooms.count)
            #expect(
                seen.map { "\($0.changedAt.milliseconds) \($0.room.id)" }
                    == seen.map { "\($0.changedAt.milliseconds) \($0.room.id)" }.sorted(by: >))
        }
    }

    @Test(arguments: Engine.allCases)
    func countsWhatIsNotResolvedAsSomebodySeesIt(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let sara = try #require(UserID(Samples.sara.id))
            var rooms: [RoomID] = []
            for _ in 0..<4 { rooms.append(try await stores.makeVisitor(fixture).room) }
            for (room, content) in [
                (rooms[1], EventContent.assignment(to: Assignee(.user(sara), name: "سارة"), epoch: 0)),
                (rooms[2], .state(.pending, until: nil)), (rooms[3], .state(.resolved, until: nil)),
            ] {
                try await stores.append(room, Samples.draft(content, by: Samples.omar, mid: "1"))
            }
            let counts = try await stores.conversations.inboxCounts(for: sara, sight: nil)
            #expect([counts.all, counts.mine, counts.unassigned, counts.late] == [3, 1, 2, 0])
            #expect(counts.states == [.open: 2, .pending: 1])
            let omar = try #require(UserID(Samples.omar.id))
            let others = try await stores.conversations.inboxCounts(for: omar, sight: nil)
            #expect([others.all, others.mine, others.unassigned] == [3, 0, 2])
        }
    }

    @Test(arguments: Engine.allCases)
    func filtersByStateAssigneeAndMoment(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let one = try await stores.makeVisitor(fixture)
            let two = try await stores.makeVisitor(fixture)
            let three = try await stores.makeVisitor(fixture)
            let sara = try #require(UserID(Samples.sara.id))
            fixture.clock.advance()
            try await stores.append(
                two.room,
                Samples.draft(
                    .assignment(to: Assignee(.user(sara), name: "سارة"), epoch: 0), by: Samples.omar, mid: "1")
            )
            fixture.clock.advance()
            try await stores.append(
                three.room, Samples.draft(.state(.resolved, until: nil), by: Samples.sara, mid: "1"))
            func rooms(_ query: InboxQuery) async throws -> [RoomID] {
                try await stores.conversations.inbox(query).map(\.room.id)
            }
            #expect(try await rooms(InboxQuery(limit: 9)) == [three.room, two.room, one.room])
            #expect(try await rooms(InboxQuery(state: .resolved, limit: 9)) == [three.room])
            #expect(try await rooms(InboxQuery(state: .open, limit: 9)) == [two.room, one.room])
            #expect(try await rooms(InboxQuery(assignee: .user(sara), limit: 9)) == [two.room])
            #expect(try await rooms(InboxQuery(assignee: .nobody, limit: 9)) == [three.room, one.room])
            #expect(try await rooms(InboxQuery(state: .open, assignee: .nobody, limit: 9)) == [one.room])
            #expect(try await rooms(InboxQuery(changedSince: fixture.clock.now, limit: 9)) == [three.room])
            let assigned = try #require(
                try await stores.conversations.inbox(InboxQuery(assignee: .user(sara), limit: 1)).first)
            #expect(assigned.conversation.assignee == Assignee(.user(sara), name: "سارة"))
            #expect(assigned.conversation.epoch == 1)
            let since = InboxQuery(
                state: .open, assignee: .nobody, changedSince: Timestamp(milliseconds: 0),
                before: .init(changedAt: fixture.clock.now, room: three.room), limit: 9
            )
            #expect(try await rooms(since) == [one.room])
        }
    }

    @Test(arguments: Engine.allCases)
    func summariesAreFoundByEitherRoom(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let one = try await stores.makeVisitor(fixture)
            let two = try await stores.makeVisitor(fixture)
            let side = try #require(try await stores.rooms.room(one.room)?.conversation?.side)
            let channel = try await stores.makeRoom(.channel, fixture)
            let nowhere = RoomID.make(at: fixture.clock.now)
            let found = try await stores.conversations.summaries(of: [two.room, channel.id, side, nowhere, one.room])
            #expect(found.map(\.room.id) == [two.room, one.room])
            #expect(try await stores.conversations.summaries(of: []).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func snoozesAreDueAtTheirMoment(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let now = fixture.clock.now
            var rooms: [RoomID] = []
            for minute in [3, 1, 2] {
                let visitor = try await stores.makeVisitor(fixture)
                rooms.append(visitor.room)
                let until = now + .seconds(60 * minute)
                try await stores.append(
                    visitor.room,
                    Samples.draft(.state(.snoozed, until: until), by: Samples.sara, mid: "1")
                )
            }
            let conversations = stores.conversations
            #expect(try await conversations.dueSnoozes(at: now, limit: 9).isEmpty)
            #expect(
                try await conversations.dueSnoozes(at: now + .seconds(120), limit: 9) == [
                    DueSnooze(room: rooms[1], until: now + .seconds(60)),
                    DueSnooze(room: rooms[2], until: now + .seconds(120)),
                ])
            #expect(try await conversations.dueSnoozes(at: now + .seconds(999), limit: 1).map(\.room) == [rooms[1]])
            try await stores.append(rooms[1], Samples.draft(.state(.open, until: nil), by: Samples.sara, mid: "2"))
            #expect(try await conversations.dueSnoozes(at: now + .seconds(120), limit: 9).map(\.room) == [rooms[2]])
        }
    }
}
