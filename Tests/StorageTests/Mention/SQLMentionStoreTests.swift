import Domain
import Testing

@testable import Storage

@Suite struct SQLMentionStoreTests {
    /// A member of staff with an account.
    private static func user(_ name: String, _ stores: StoreSet, _ fixture: StoreFixture) async throws -> Participant {
        let now = fixture.clock.now
        let id = UserID.make(at: now)
        let user = User(
            id: id, email: "\(id)@example.com", name: name, role: .agent, isDisabled: false, createdAt: now)
        try await stores.users.add(user, passwordHash: "x")
        return user.participant
    }

    /// A conversation and its private notes.
    private static func conversation(_ stores: StoreSet, _ fixture: StoreFixture) async throws -> (RoomID, side: RoomID)
    {
        let room = try await stores.makeVisitor(fixture).room
        return (room, try #require(try await stores.rooms.room(room)?.conversation?.side))
    }

    private static func mention(
        _ people: Participant...,
        by author: Participant,
        text: String = "@",
        mid: String
    ) throws -> Draft {
        let body = try MentioningText.body(.text(text), mentioning: people.compactMap { UserID($0.id) })
        return Samples.draft(.message(body, replyTo: nil), by: author, mid: mid)
    }

    private static func edit(
        _ seq: SequenceNumber,
        _ people: Participant...,
        by author: Participant,
        mid: String
    ) throws -> Draft {
        let body = try MentioningText.body(.text("edited"), mentioning: people.compactMap { UserID($0.id) })
        return Samples.draft(.edit(target: seq, body: body), by: author, mid: mid)
    }

    private static func list(
        _ user: Participant,
        _ stores: StoreSet,
        isUnread: Bool? = nil,
        sight: TeamSight? = nil,
        after: ListPosition? = nil,
        limit: Int = 50
    ) async throws -> ListPage<Mention> {
        guard let id = UserID(user.id) else { return ListPage(items: [], next: nil) }
        let filter = MentionFilter(user: id, sight: sight, isUnread: isUnread)
        return try await stores.mentions.mentions(
            ListRequest(filter: filter, order: MentionSort.usual, after: after, limit: limit))
    }

    @Test(arguments: Engine.allCases)
    func whoIsMentionedFindsIt(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (hind, omar) = try await (Self.user("هند", stores, fixture), Self.user("عمر", stores, fixture))
            let (room, side) = try await Self.conversation(stores, fixture)
            let channel = try await stores.makeRoom(.channel, fixture)
            try await stores.append(side, Self.mention(hind, omar, by: omar, text: "انظر", mid: "1"))
            fixture.clock.advance()
            // One commit with many.
            try await stores.append(
                channel.id, Self.mention(hind, by: omar, mid: "1"), Self.mention(hind, by: omar, mid: "2"),
                Samples.text("plain", by: omar, mid: "3"))
            let found = try await Self.list(hind, stores).items
            #expect(found.map(\.room) == [channel.id, channel.id, side])
            #expect(Set(found.prefix(2).map(\.seq)) == [1, 2])
            let note = try #require(found.last)
            #expect(note.kind == .side && note.author == omar && note.excerpt == "انظر" && note.isUnread)
            #expect(note.place?.conversation == room && note.place?.customer.name == "ليلى")
            #expect(found[0].place == nil && found[0].title == "غرفة")
            // Who mentions themselves knows it.
            #expect(try await Self.list(omar, stores).items.isEmpty)
            // Pages of one moment neither skip nor repeat.
            var (pages, after): ([Mention], ListPosition?) = ([], nil)
            repeat {
                let page = try await Self.list(hind, stores, after: after, limit: 1)
                pages += page.items
                after = page.next
            } while after != nil
            #expect(pages == found)
            let all = try await stores.mentions.mentions(since: fixture.clock.now, limit: 10)
            #expect(Set(all.map(\.room)) == [channel.id] && all.count == 2)
        }
    }

    @Test(arguments: Engine.allCases)
    func readingTheRoomReadsThem(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (hind, omar) = try await (Self.user("هند", stores, fixture), Self.user("عمر", stores, fixture))
            let room = try await stores.makeRoom(.channel, fixture)
            try await stores.append(
                room.id, Self.mention(hind, by: omar, mid: "1"), Samples.text("b", by: omar, mid: "2"),
                Self.mention(hind, by: omar, mid: "3"))
            _ = try await stores.rooms.markRead(room.id, by: hind, upTo: 2)
            #expect(try await Self.list(hind, stores, isUnread: true).items.map(\.seq) == [3])
            #expect(try await Self.list(hind, stores, isUnread: false).items.map(\.seq) == [1])
            _ = try await stores.rooms.markRead(room.id, by: hind, upTo: 3)
            #expect(try await Self.list(hind, stores, isUnread: true).items.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func editsAndDeletionsHaveTheLastWord(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (hind, omar) = try await (Self.user("هند", stores, fixture), Self.user("عمر", stores, fixture))
            let noor = try await Self.user("نور", stores, fixture)
            let room = try await stores.makeRoom(.channel, fixture)
            func events(_ who: Participant) async throws -> [SequenceNumber] {
                try await Self.list(who, stores).items.map(\.event)
            }
            try await stores.append(room.id, Self.mention(hind, by: omar, mid: "1"))
            try await stores.append(room.id, Self.edit(1, hind, noor, by: omar, mid: "2"))
            #expect(try await events(hind) == [1])
            #expect(try await events(noor) == [2])
            #expect(try await Self.list(hind, stores).items.map(\.excerpt) == ["edited"])
            try await stores.append(room.id, Self.edit(1, noor, by: omar, mid: "3"))
            #expect(try await events(hind).isEmpty)
            #expect(try await events(noor) == [2])
            try await stores.append(room.id, Samples.draft(.deletion(target: 1), by: omar, mid: "4"))
            #expect(try await events(noor).isEmpty)
            // All of it in one commit.
            try await stores.append(
                room.id, Self.mention(hind, noor, by: omar, mid: "5"), Self.edit(5, hind, by: omar, mid: "6"),
                Self.mention(noor, by: omar, mid: "7"), Samples.draft(.deletion(target: 7), by: omar, mid: "8"))
            #expect(try await events(hind) == [5])
            #expect(try await events(noor).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func nobodySeesWhatTheyMayNot(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (hind, omar) = try await (Self.user("هند", stores, fixture), Self.user("عمر", stores, fixture))
            let group = try await stores.makeRoom(.group, fixture, members: [omar])
            let refused = try await stores.append(group.id, Self.mention(hind, by: omar, mid: "1"))
            guard case .rejected(let error) = refused.outcomes[0] else {
                Issue.record("it was written")
                return
            }
            #expect(error.code == .forbidden)
            #expect(try await stores.log(of: group.id).isEmpty)
            try await stores.append(
                group.id, Samples.draft(.membership(.added, who: hind), by: omar, mid: "2"))
            try await stores.append(group.id, Self.mention(hind, by: omar, mid: "3"))
            #expect(try await Self.list(hind, stores).items.count == 1)
            try await stores.append(
                group.id, Samples.draft(.membership(.removed, who: hind), by: omar, mid: "4"))
            #expect(try await Self.list(hind, stores).items.isEmpty)
            #expect(try await stores.mentions.mentions(since: Timestamp(milliseconds: 0), limit: 10).isEmpty)

            // A conversation of a team that they are not in.
            let (room, side) = try await Self.conversation(stores, fixture)
            try await stores.append(side, Self.mention(hind, by: omar, mid: "1"))
            let team = TeamID.make(at: fixture.clock.now)
            try await stores.append(
                room,
                Samples.draft(.assignment(to: Assignee(.team(team), name: "فريق"), epoch: 0), by: omar, mid: "2"))
            let account = User(
                id: try #require(UserID(hind.id)), email: "a", name: "هند", role: .agent, isDisabled: false,
                createdAt: fixture.clock.now)
            for (teams, count) in [(Set<TeamID>(), 0), ([team], 1)] {
                let sight = TeamSight(account, teams: teams, .ownTeams)
                #expect(try await Self.list(hind, stores, sight: sight).items.count == count)
                let told = try await stores.mentions.mentions(since: Timestamp(milliseconds: 0), limit: 10)
                #expect(told.count { $0.isVisible(to: sight) } == count)
            }
            // A disabled account is no active member of staff.
            try await stores.users.setDisabled(true, of: account.id, at: fixture.clock.now)
            let late = try await stores.append(side, Self.mention(hind, by: omar, mid: "9"))
            #expect(late.events.isEmpty)
        }
    }
}
