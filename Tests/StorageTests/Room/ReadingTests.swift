import Domain
import Testing

@testable import Storage

@Suite struct ReadingTests {
    @Test(arguments: Engine.allCases)
    func markersOnlyRiseAndStopAtTheHead(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let me = visitor.participant
            for number in 1...4 {
                try await stores.append(visitor.room, Samples.text("\(number)", by: me, mid: "\(number)"))
            }
            try await stores.append(visitor.room, Samples.text("5", by: Samples.omar, mid: "5"))
            let rooms = stores.rooms
            #expect(
                try await rooms.readState(of: visitor.room, for: Samples.sara)
                    == ReadState(
                        marker: 0, unread: 5, customerRead: 0, agentsRead: 0
                    ))
            let first = try await rooms.markRead(visitor.room, by: Samples.sara, upTo: 2)
            #expect(first == ReadOutcome(marker: 2, unread: 3, didRise: true))
            let lower = try await rooms.markRead(visitor.room, by: Samples.sara, upTo: 1)
            #expect(lower == ReadOutcome(marker: 2, unread: 3, didRise: false))
            let beyond = try await rooms.markRead(visitor.room, by: me, upTo: 99)
            #expect(beyond == ReadOutcome(marker: 5, unread: 0, didRise: true))
            #expect(try await rooms.markRead(visitor.room, by: Samples.omar, upTo: 4).unread == 0)
            #expect(
                try await rooms.readState(of: visitor.room, for: Samples.sara)
                    == ReadState(
                        marker: 2, unread: 3, customerRead: 5, agentsRead: 4
                    ))
            let nowhere = RoomID.make(at: fixture.clock.now)
            #expect(try await code { _ = try await rooms.markRead(nowhere, by: me, upTo: 1) } == .notFound)
        }
    }

    @Test(arguments: Engine.allCases)
    func aConversationsUnreadFollowsTheHighestStaffMarker(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let me = visitor.participant
            for number in 1...5 {
                try await stores.append(visitor.room, Samples.text("\(number)", by: me, mid: "\(number)"))
            }
            func unread() async throws -> Int64? { try await stores.rooms.room(visitor.room)?.conversation?.unread }
            #expect(try await unread() == 5)
            fixture.clock.advance()
            _ = try await stores.rooms.markRead(visitor.room, by: me, upTo: 5)
            #expect(try await unread() == 5)
            #expect(try await stores.rooms.changes(since: fixture.clock.now, limit: 9).isEmpty)
            _ = try await stores.rooms.markRead(visitor.room, by: Samples.sara, upTo: 3)
            #expect(try await unread() == 2)
            #expect(try await stores.rooms.changes(since: fixture.clock.now, limit: 9).map(\.room) == [visitor.room])
            fixture.clock.advance()
            _ = try await stores.rooms.markRead(visitor.room, by: Samples.omar, upTo: 2)
            #expect(try await unread() == 2)
            #expect(try await stores.rooms.changes(since: fixture.clock.now, limit: 9).isEmpty)
            // Whoever answers has read all; a marker below the answer does not bring messages back.
            try await stores.append(visitor.room, Samples.text("6", by: Samples.sara, mid: "6"))
            _ = try await stores.rooms.markRead(visitor.room, by: Samples.omar, upTo: 4)
            #expect(try await unread() == 0)
        }
    }

    @Test(arguments: Engine.allCases)
    func countingStopsWhereListsStop(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let channel = try await stores.makeRoom(.channel, fixture)
            let drafts = (1...1100).map { Samples.text("\($0)", by: Samples.sara, mid: "\($0)") }
            _ = try await stores.rooms.append([AppendRequest(room: channel.id, drafts: drafts)])
            #expect(try await stores.rooms.readState(of: channel.id, for: Samples.omar).unread == ReadState.maxUnread)
            #expect(try await stores.rooms.markRead(channel.id, by: Samples.omar, upTo: 1000).unread == 100)
        }
    }
}
