import Domain
import Testing

@testable import Storage

@Suite struct InternalRoomTests {
    @Test(arguments: Engine.allCases)
    func aDirectRoomOfTwoPeopleIsMadeOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let second = try await fixture.open()
            let now = fixture.clock.now
            let made = try await withThrowingTaskGroup(of: (Room, Bool).self) { group in
                for index in 0..<16 {
                    group.addTask {
                        let members =
                            index.isMultiple(of: 2) ? [Samples.sara, Samples.omar] : [Samples.omar, Samples.sara]
                        let new = NewRoom(id: .make(at: now), kind: .direct, title: "", members: members, at: now)
                        let (room, isNew) = try await (index % 3 == 0 ? stores : second).rooms.makeRoom(new)
                        return (room, isNew)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(made.map(\.0.id)).count == 1)
            #expect(made.count { $0.1 } == 1)
            let members = try await stores.rooms.members(of: made[0].0.id)
            #expect(Set(members) == [Samples.sara, Samples.omar])
            let other = try await stores.makeRoom(.direct, fixture, members: [Samples.sara, Samples.staff("هند")])
            #expect(other.id != made[0].0.id)
        }
    }

    @Test(arguments: Engine.allCases)
    func kindsThatCannotBeMadeAreRefused(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            for (kind, members) in [
                (RoomKind.direct, [Samples.sara]), (.direct, [Samples.sara, Samples.sara]), (.conversation, []),
                (.side, []),
            ] {
                let refusal = try await code { _ = try await stores.makeRoom(kind, fixture, members: members) }
                #expect(refusal == .badRequest)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func membershipFollowsItsEvents(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let group = try await stores.makeRoom(.group, fixture, members: [Samples.sara])
            let hind = Samples.staff("هند")
            func change(_ change: EventContent.MembershipChange, _ who: Participant, _ mid: String) -> Draft {
                Samples.draft(.membership(change, who: who), by: Samples.sara, mid: mid)
            }
            fixture.clock.advance()
            try await stores.append(group.id, change(.added, Samples.omar, "1"))
            #expect(try await stores.rooms.members(of: group.id) == [Samples.sara, Samples.omar])
            // The last word of one commit counts.
            try await stores.append(
                group.id,
                change(.removed, Samples.omar, "2"), change(.added, hind, "3"), change(.removed, hind, "4"),
                change(.added, Samples.omar, "5"), change(.removed, Samples.sara, "6")
            )
            #expect(try await stores.rooms.members(of: group.id) == [Samples.omar])
            let event = try #require(try await stores.log(of: group.id).first)
            #expect(event.content == .membership(.added, who: Samples.omar))
            // A channel is open to all staff: its membership events leave no rows.
            let channel = try await stores.makeRoom(.channel, fixture)
            try await stores.append(channel.id, change(.added, hind, "1"))
            #expect(try await stores.rooms.members(of: channel.id).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func everyoneSeesTheirRoomsWithUnreadCounts(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let channel = try await stores.makeRoom(.channel, fixture)
            fixture.clock.advance()
            let group = try await stores.makeRoom(.group, fixture, members: [Samples.sara, Samples.omar])
            fixture.clock.advance()
            let direct = try await stores.makeRoom(.direct, fixture, members: [Samples.sara, Samples.staff("هند")])
            for number in 1...3 {
                try await stores.append(group.id, Samples.text("\(number)", by: Samples.sara, mid: "\(number)"))
            }
            fixture.clock.advance()
            try await stores.append(channel.id, Samples.text("للجميع", by: Samples.sara, mid: "1"))
            _ = try await stores.rooms.markRead(group.id, by: Samples.omar, upTo: 1)
            let omar = try #require(UserID(Samples.omar.id))
            let sara = try #require(UserID(Samples.sara.id))
            let ofOmar = try await stores.rooms.internalRooms(of: omar)
            #expect(ofOmar.map(\.room.id) == [channel.id, group.id])
            #expect(ofOmar.map(\.unread) == [1, 2])
            #expect(ofOmar.map { Set($0.members) } == [[], [Samples.sara, Samples.omar]])
            #expect(ofOmar.first?.room.last?.excerpt == "للجميع")
            let ofSara = try await stores.rooms.internalRooms(of: sara)
            #expect(Set(ofSara.map(\.room.id)) == [channel.id, group.id, direct.id])
            #expect(ofSara.map(\.unread) == [0, 0, 0])
        }
    }
}
