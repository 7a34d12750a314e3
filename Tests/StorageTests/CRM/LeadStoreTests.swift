import Domain
import Testing

@testable import Storage

@Suite struct LeadStoreTests {
    @Test(arguments: Engine.allCases)
    func whatIsAddedIsReadBackWhole(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let owner = try await stores.makeUser("عمر", fixture)
            let dollar = try #require(Currency("USD"))
            let lead = fixture.lead("ليلى") { lead in
                lead.phone = "+966501234567"
                lead.email = "a@b.example"
                lead.owner = owner.id
                lead.notes = "n"
                lead.value = 5000
                lead.currency = dollar
            }
            try await stores.keep(lead, fixture)
            #expect(try await stores.leads.lead(lead.id, scope: .everything) == lead)
            let changed = try await stores.leads.change(
                lead.id, scope: .everything, expected: 1, fixture.writing()
            ) { try $0.move(to: .contacted) }
            #expect(changed.state == .contacted && changed.version == 2)
            #expect(try await stores.leads.lead(lead.id, scope: .everything) == changed)
        }
    }

    @Test(arguments: Engine.allCases)
    func convertingMakesOneDealAndOneContact(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            let lead = try await stores.keep(
                try fixture.lead("ليلى") { lead in
                    lead.phone = "+966501234567"
                    lead.value = 700
                    try lead.move(to: .contacted)
                    try lead.move(to: .qualified)
                }, fixture)
            let deals = try await withThrowingTaskGroup(of: Result<Deal, HubError>.self) { group in
                for number in 0..<8 {
                    let leads = (number % 2 == 0 ? stores : other).leads
                    group.addTask {
                        do {
                            return .success(
                                try await leads.convert(
                                    lead.id, scope: .everything, LeadConversion(), fixture.writing()
                                ).value())
                        } catch let error as HubError { return .failure(error) }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            // Those that raced for the contact's phone are told to try again; nobody made a second deal.
            let made = Set(deals.compactMap { try? $0.get().id })
            #expect(made.count == 1)
            let again = try await stores.leads.convert(
                lead.id, scope: .everything, LeadConversion(), fixture.writing()
            ).value()
            #expect(made == [again.id])
            #expect(again.amount == 700 && again.lead == lead.id && again.title == "ليلى")
            let contact = try await stores.contacts.contact(again.contact, scope: .everything)
            #expect(contact.identities.map(\.value) == ["+966501234567"])
            #expect(try await fixture.query("SELECT id FROM crm_deals").count == 1)
            #expect(try await fixture.query("SELECT id FROM crm_contacts").count == 1)
            let converted = try await stores.leads.lead(lead.id, scope: .everything)
            #expect(converted.state == .converted && converted.deal == again.id && converted.contact == contact.id)
        }
    }

    @Test(arguments: Engine.allCases)
    func aLeadIsConvertedForWhomItsPhoneBelongsTo(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let contact = try await stores.keep(
                fixture.contact("ليلى", try identity(.phone, "+966501234567")), fixture)
            let lead = try await stores.keep(
                try fixture.lead("مجهولة") { lead in
                    lead.phone = "+966501234567"
                    try lead.move(to: .contacted)
                }, fixture)
            let early = try await code {
                _ = try await stores.leads.convert(lead.id, scope: .everything, LeadConversion(), fixture.writing())
            }
            #expect(early == .conflict)
            _ = try await stores.leads.change(
                lead.id, scope: .everything, expected: nil, fixture.writing()
            ) { try $0.move(to: .qualified) }
            let deal = try await stores.leads.convert(
                lead.id, scope: .everything, LeadConversion(), fixture.writing()
            ).value()
            #expect(deal.contact == contact.id)
        }
    }
}
