import Domain
import Testing

@testable import Storage

extension StoreFixture {
    func contact(_ name: String, _ identities: ContactIdentity..., change: (inout CRMContact) -> Void = { _ in })
        -> CRMContact
    {
        var contact = CRMContact(id: .make(at: clock.now), at: clock.now)
        contact.name = name
        contact.setIdentities(identities)
        change(&contact)
        return contact
    }

    func lead(_ name: String, change: (inout Lead) throws -> Void = { _ in }) rethrows -> Lead {
        var lead = Lead(id: .make(at: clock.now), at: clock.now)
        lead.name = name
        lead.source = "website"
        try change(&lead)
        return lead
    }

    func newDeal(_ title: String, of contact: ContactID, change: @escaping @Sendable (inout Deal) -> Void = { _ in })
        -> NewDeal
    {
        NewDeal(id: .make(at: clock.now), contact: contact, pipeline: nil, stage: nil) { deal in
            deal.title = title
            change(&deal)
        }
    }
}

extension StoreSet {
    /// A member of staff with an account.
    func makeUser(_ name: String, _ fixture: StoreFixture, role: User.Role = .agent) async throws -> User {
        let id = UserID.make(at: fixture.clock.now)
        let user = User(
            id: id, email: "\(id.text.lowercased())@shop.example", name: name, role: role, isDisabled: false,
            createdAt: fixture.clock.now)
        try await users.add(user, passwordHash: "-")
        return user
    }

    @discardableResult
    func keep(_ contact: CRMContact, _ fixture: StoreFixture) async throws -> CRMContact {
        try await contacts.add(contact, scope: .everything, fixture.writing()).value()
    }

    @discardableResult
    func keep(_ lead: Lead, _ fixture: StoreFixture) async throws -> Lead {
        try await leads.add(lead, scope: .everything, fixture.writing()).value()
    }

    @discardableResult
    func keep(_ deal: NewDeal, _ fixture: StoreFixture) async throws -> Deal {
        try await deals.add(deal, scope: .everything, fixture.writing()).value()
    }
}

func identity(_ kind: ContactIdentity.Kind, _ text: String) throws -> ContactIdentity {
    try #require(ContactIdentity(kind, text))
}
