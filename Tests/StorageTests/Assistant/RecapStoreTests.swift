import Domain
import Testing

@testable import Storage

@Suite struct RecapStoreTests {
    @Test(arguments: Engine.allCases)
    func aRecapOnlyGrows(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let room = try await stores.makeVisitor(fixture).room
            let now = fixture.clock.now
            #expect(try await stores.recaps.recap(of: room) == nil)
            try await stores.recaps.keep(Recap("طويل", upTo: 20), of: room, readAt: now)
            try await stores.recaps.keep(Recap("قصير\0", upTo: 10), of: room, readAt: now)
            #expect(try await stores.recaps.recap(of: room) == Recap("طويل", upTo: 20))
            try await stores.recaps.keep(Recap("أطول\0", upTo: 30), of: room, readAt: now)
            #expect(try await stores.recaps.recap(of: room) == Recap("أطول", upTo: 30))
            try await stores.recaps.keep(Recap("x", upTo: 1), of: .make(at: now), readAt: now)
        }
    }

    @Test(arguments: Engine.allCases)
    func whoIsErasedLeavesNone(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            try await stores.append(visitor.room, Samples.text("؟", by: visitor.participant, mid: "q"))
            var contact = CRMContact(id: .make(at: fixture.clock.now), at: fixture.clock.now)
            contact.name = "ليلى"
            contact.setIdentities([ContactIdentity(.visitor, visitor.id.text)].compactMap { $0 })
            _ = try await stores.contacts.add(contact, scope: .everything, fixture.writing())
            let readAt = fixture.clock.now
            try await stores.recaps.keep(Recap("اسمها ليلى", upTo: 1), of: visitor.room, readAt: readAt)
            fixture.clock.advance()
            _ = try await stores.persons.erase(contact.id, scope: .everything, fixture.writing())
            #expect(try await stores.recaps.recap(of: visitor.room) == nil)
            // One that was being made meanwhile comes too late.
            try await stores.recaps.keep(Recap("اسمها ليلى", upTo: 2), of: visitor.room, readAt: readAt)
            #expect(try await stores.recaps.recap(of: visitor.room) == nil)
            fixture.clock.advance()
            try await stores.recaps.keep(Recap("سألت", upTo: 2), of: visitor.room, readAt: fixture.clock.now)
            #expect(try await stores.recaps.recap(of: visitor.room) != nil)
        }
    }
}
