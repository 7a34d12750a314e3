import Domain
import Testing

@testable import Storage

/// The rule stands in `CRMScope`; the database must answer alike, in lists and in single reads.
@Suite struct VisibilityTests {
    @Test(arguments: Engine.allCases)
    func anAgentSeesTheContactsOfTheRule(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let me = try await stores.makeUser("عمر", fixture)
            let other = try await stores.makeUser("نورة", fixture)
            var expected: [ContactID: Bool] = [:]
            let scope = CRMScope.agent(me.id)
            for owner in [nil, me.id, other.id] {
                for part in ["none", "lead", "deal", "conversation", "lead of another"] {
                    let visitor = try await stores.makeVisitor(fixture)
                    let contact = try await stores.keep(
                        fixture.contact(part, try identity(.visitor, visitor.id.text)) { $0.owner = owner }, fixture)
                    switch part {
                    case "lead", "lead of another":
                        let holder = part == "lead" ? me : other
                        try await stores.keep(
                            fixture.lead("ل") { lead in
                                lead.contact = contact.id
                                lead.owner = holder.id
                            }, fixture)
                    case "deal":
                        try await stores.keep(fixture.newDeal("ص", of: contact.id) { $0.owner = me.id }, fixture)
                    case "conversation":
                        let assignee = Assignee(.user(me.id), name: me.name)
                        try await stores.append(
                            visitor.room,
                            Samples.draft(.assignment(to: assignee, epoch: 0), by: me.participant, mid: "a"))
                    default: break
                    }
                    let takesPart = ["lead", "deal", "conversation"].contains(part)
                    expected[contact.id] = scope.seesContact(owner: owner, takesPart: takesPart)
                }
            }
            let request = ListRequest(filter: ContactFilter(scope: scope), order: ContactSort.usual, limit: 100)
            let listed = Set(try await stores.contacts.contacts(request).items.map(\.id))
            #expect(listed == Set(expected.filter(\.value).keys))
            #expect(listed.count == 13)
            for (contact, isSeen) in expected {
                let read = try await code { _ = try await stores.contacts.contact(contact, scope: scope) }
                #expect(read == (isSeen ? nil : .notFound))
                let changed = try await code {
                    _ = try await stores.contacts.change(
                        contact, scope: scope, expected: nil, fixture.writing()
                    ) { $0.notes = "n" }
                }
                #expect(changed == (isSeen ? nil : .notFound))
                _ = try await stores.contacts.contact(contact, scope: .everything)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func anAgentSeesTheWorkOfTheRule(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let me = try await stores.makeUser("عمر", fixture)
            let other = try await stores.makeUser("نورة", fixture)
            let scope = CRMScope.agent(me.id)
            var leads: [LeadID: Bool] = [:]
            var deals: [DealID: Bool] = [:]
            for contactOwner in [nil, me.id, other.id] {
                let contact = try await stores.keep(fixture.contact("ليلى") { $0.owner = contactOwner }, fixture)
                for owner in [nil, me.id, other.id] {
                    let isSeen = scope.seesWork(owner: owner, contactOwner: contactOwner)
                    let lead = fixture.lead("ل") { lead in
                        lead.contact = contact.id
                        lead.owner = owner
                    }
                    leads[try await stores.keep(lead, fixture).id] = isSeen
                    deals[
                        try await stores.keep(fixture.newDeal("ص", of: contact.id) { $0.owner = owner }, fixture).id] =
                        isSeen
                }
            }
            let leadRequest = ListRequest(filter: LeadFilter(scope: scope), order: LeadSort.usual, limit: 100)
            #expect(try await Set(stores.leads.leads(leadRequest).items.map(\.id)) == Set(leads.filter(\.value).keys))
            let dealRequest = ListRequest(filter: DealFilter(scope: scope), order: DealSort.usual, limit: 100)
            #expect(try await Set(stores.deals.deals(dealRequest).items.map(\.id)) == Set(deals.filter(\.value).keys))
            let counted = try await stores.deals.totals(DealFilter(scope: scope)).map(\.count).reduce(0, +)
            #expect(counted == Int64(deals.count(where: \.value)))
            for (lead, isSeen) in leads {
                #expect(
                    try await code { _ = try await stores.leads.lead(lead, scope: scope) } == (isSeen ? nil : .notFound)
                )
            }
            for (deal, isSeen) in deals {
                #expect(
                    try await code { _ = try await stores.deals.deal(deal, scope: scope) } == (isSeen ? nil : .notFound)
                )
            }
        }
    }
}
