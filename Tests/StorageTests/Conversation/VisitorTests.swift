import Domain
import Testing

@testable import Storage

@Suite struct VisitorTests {
    @Test(arguments: Engine.allCases)
    func aVisitorComesWithAConversationAndItsSide(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let now = fixture.clock.now
            let profile = try VisitorProfile(
                name: "ليلى", email: "l@example.sa", phone: "+966500000000", locale: "ar-SA",
                page: "https://shop.example/؟"
            )
            let new = NewVisitor(
                id: .make(at: now), room: .make(at: now), side: .make(at: now), tokenHash: "h1", profile: profile,
                verifiedUserID: nil, at: now
            )
            let visitor = try await stores.conversations.makeVisitor(new)
            #expect(visitor.id == new.id)
            #expect(try await stores.conversations.visitor(new.id) == visitor)
            #expect(try await stores.conversations.visitor(tokenHash: "h1") == visitor)
            #expect(try await stores.conversations.visitor(tokenHash: "h2") == nil)
            #expect(try await stores.conversations.visitor(verifiedUserID: "h2") == nil)
            let room = try #require(try await stores.rooms.room(new.room))
            #expect(room.kind == .conversation)
            #expect(room.conversation == Conversation(side: new.side, customer: .visitor(new.id)))
            let side = try #require(try await stores.rooms.room(new.side))
            #expect(side.kind == .side)
            #expect(side.parent == new.room)
            try await stores.conversations.addToken(hash: "h2", to: new.id, at: now)
            try await stores.conversations.addToken(hash: "h2", to: new.id, at: now)
            #expect(try await stores.conversations.visitor(tokenHash: "h2") == visitor)
            #expect(try await stores.conversations.visitor(tokenHash: "h1") == visitor)
        }
    }

    @Test(arguments: Engine.allCases)
    func aVerifiedUserHasOneConversationHoweverManyDevices(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let second = try await fixture.open()
            let visitors = try await withThrowingTaskGroup(of: Visitor.self) { group in
                for index in 0..<12 {
                    group.addTask {
                        try await (index.isMultiple(of: 2) ? stores : second).makeVisitor(fixture, verified: "u-77")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(visitors.map(\.id)).count == 1)
            #expect(try await stores.conversations.visitor(verifiedUserID: "u-77") == visitors[0])
            #expect(try await stores.conversations.inbox(InboxQuery(limit: 50)).count == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func aProfileIsOverwrittenMemberByMember(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture, name: nil)
            #expect(visitor.participant.name == Visitor.nameless)
            fixture.clock.advance()
            let now = fixture.clock.now
            let conversations = stores.conversations
            _ = try await conversations.update(
                visitor.id, profile: VisitorProfile(name: "ليلى", email: "a@b.sa"), verifiedUserID: nil, at: now
            )
            let changed = try await conversations.update(
                visitor.id, profile: VisitorProfile(email: "c@d.sa", page: "/cart"), verifiedUserID: "u1", at: now
            )
            let merged = try VisitorProfile(name: "ليلى", email: "c@d.sa", page: "/cart")
            #expect(changed.profile == merged)
            #expect(changed.verifiedUserID == "u1")
            let kept = try await conversations.update(
                visitor.id, profile: VisitorProfile(), verifiedUserID: "u2", at: now
            )
            #expect(kept == changed)
            #expect(try await conversations.visitor(visitor.id) == changed)
            let summary = try #require(try await conversations.summaries(of: [visitor.room]).first)
            #expect(summary.changedAt == now)
            #expect(
                summary.contact
                    == Contact(
                        participant: changed.participant, email: "c@d.sa", phone: nil, locale: nil, page: "/cart",
                        isVerified: true
                    ))
            let other = try await stores.makeVisitor(fixture)
            let taken = try await code {
                _ = try await conversations.update(other.id, profile: VisitorProfile(), verifiedUserID: "u1", at: now)
            }
            #expect(taken == .busy)
            let unknown = try await code {
                _ = try await conversations.update(
                    .make(at: now), profile: VisitorProfile(), verifiedUserID: nil, at: now)
            }
            #expect(unknown == .notFound)
        }
    }
}
