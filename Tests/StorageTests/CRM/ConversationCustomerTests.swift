import Domain
import Testing

@testable import Storage

@Suite struct ConversationCustomerTests {
    @Test(arguments: Engine.allCases)
    func aVisitorIsToldWithTheirContactOnceTheyHaveOne(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let visitors = try identity(.visitor, visitor.id.text)
            func customer(_ scope: CRMScope) async throws -> ConversationCustomer {
                try await stores.contacts.customer(ofConversation: visitor.room, scope: scope, sight: nil)
            }
            #expect(try await customer(.everything) == ConversationCustomer(identity: visitors, contact: nil))
            let owner = try await stores.makeUser("نورة", fixture)
            let other = try await stores.makeUser("عمر", fixture)
            let contact = try await stores.keep(fixture.contact("ليلى", visitors) { $0.owner = owner.id }, fixture)
            #expect(try await customer(.everything).contact == contact)
            #expect(try await customer(.agent(owner.id)).contact == contact)
            // As if it were not there.
            #expect(
                try await customer(.agent(other.id)) == ConversationCustomer(identity: visitors, contact: nil))
        }
    }

    @Test(arguments: Engine.allCases)
    func whatIsNoConversationIsNotFound(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let stranger = try await stores.makeUser("عمر", fixture)
            await #expect(throws: HubError.self) {
                try await stores.contacts.customer(
                    ofConversation: .make(at: fixture.clock.now), scope: .everything, sight: nil)
            }
            let sight = TeamSight(stranger, teams: [], .ownTeams)
            let seen = try await stores.contacts.customer(
                ofConversation: visitor.room, scope: .everything, sight: sight)
            #expect(seen.identity != nil, "what is of no team is everybody's")
        }
    }
}
