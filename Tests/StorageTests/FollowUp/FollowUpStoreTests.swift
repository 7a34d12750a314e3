import Domain
import Testing

@testable import Storage

@Suite struct FollowUpStoreTests {
    private static func visitor(_ stores: StoreSet, _ fixture: StoreFixture) async throws -> Visitor {
        let visitor = try await stores.makeVisitor(fixture)
        return try await stores.conversations.update(
            visitor.id, profile: VisitorProfile(email: "sara@example.net", locale: "en"), verifiedUserID: nil,
            at: fixture.clock.now)
    }

    private static func unsettled(_ stores: StoreSet) async throws -> [FollowUpFile] {
        try await stores.followUps.unsettled(since: Timestamp(milliseconds: 0), after: nil, limit: 100)
    }

    @Test(arguments: Engine.allCases)
    func whatWasNotReadWaitsToBeLookedAt(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await Self.visitor(stores, fixture)
            let silent = try await stores.makeVisitor(fixture)
            for room in [visitor.room, silent.room] {
                try await stores.append(room, Samples.text("مرحبا", by: Samples.sara, mid: "1"))
            }
            let file = try #require(try await Self.unsettled(stores).first)
            #expect(try await Self.unsettled(stores).count == 1, "who has no address cannot be written to")
            #expect(
                file
                    == FollowUpFile(
                        room: visitor.room, visitor: visitor.id, address: "sara@example.net", locale: "en", head: 1))
            #expect(try await stores.followUps.unsettled(since: fixture.clock.now, after: visitor.room, limit: 9) == [])
            fixture.clock.advance()
            #expect(try await stores.followUps.unsettled(since: fixture.clock.now, after: nil, limit: 9) == [])

            try await stores.followUps.noteHere([visitor.room], at: fixture.clock.now)
            #expect(try await stores.followUps.file(of: visitor.room)?.hereAt == fixture.clock.now)
            try await stores.followUps.settle([(visitor.room, 1)])
            #expect(try await Self.unsettled(stores) == [])
            try await stores.append(visitor.room, Samples.text("هل أنت هنا؟", by: Samples.sara, mid: "2"))
            #expect(try await Self.unsettled(stores).first?.lookedUpTo == 1)
            _ = try await stores.rooms.markRead(visitor.room, by: visitor.participant, upTo: 2)
            #expect(try await Self.unsettled(stores) == [])
        }
    }

    @Test(arguments: Engine.allCases)
    func twoHubsOweAMailOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            let visitor = try await Self.visitor(stores, fixture)
            try await stores.append(visitor.room, Samples.text("مرحبا", by: Samples.sara, mid: "1"))
            let file = try #require(try await stores.followUps.file(of: visitor.room))
            try await stores.append(visitor.room, Samples.text("تفضل", by: Samples.sara, mid: "2"))
            // They looked at different moments, so they tell of different messages.
            let mails = try [1, 2, 1, 2].map { upTo in
                try fixture.mail(
                    of: visitor.room, .followUp(after: .zero, upTo: SequenceNumber(upTo)),
                    mid: .following(SequenceNumber(upTo), "follow-up"))
            }
            let moment = fixture.clock.now
            let posted = try await withThrowingTaskGroup(of: PostedMail?.self) { group in
                for (index, mail) in mails.enumerated() {
                    let hub = index.isMultiple(of: 2) ? stores : other
                    group.addTask { try await hub.followUps.owe(mail, replacing: file, at: moment) }
                }
                return try await group.reduce(into: []) { $0.append($1) }.compactMap(\.self)
            }
            #expect(posted.count == 1)
            let told = try #require(try await stores.followUps.file(of: visitor.room))
            #expect(told.toldAt == moment && told.toldUpTo > .zero)
            #expect(try await stores.outbox.counts() == [.queued: 1])
        }
    }

    @Test(arguments: Engine.allCases)
    func whoChangedTheirAddressOrWasErasedIsOwedNothing(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await Self.visitor(stores, fixture)
            try await stores.append(visitor.room, Samples.text("مرحبا", by: Samples.sara, mid: "1"))
            let file = try #require(try await stores.followUps.file(of: visitor.room))
            _ = try await stores.conversations.update(
                visitor.id, profile: VisitorProfile(email: "other@example.net"), verifiedUserID: nil,
                at: fixture.clock.now)
            let mail = try fixture.mail(of: visitor.room, .followUp(after: .zero, upTo: 1))
            #expect(try await stores.followUps.owe(mail, replacing: file, at: fixture.clock.now) == nil)
            #expect(try await stores.outbox.counts().isEmpty)
            #expect(try await stores.log(of: #require(stores.side(of: visitor.room))) == [])
        }
    }
}

extension StoreSet {
    fileprivate func side(of room: RoomID) async throws -> RoomID? { try await rooms.room(room)?.conversation?.side }
}
