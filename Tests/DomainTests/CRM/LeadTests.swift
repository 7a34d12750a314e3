import Testing

@testable import Domain

@Suite struct LeadTests {
    private static let at = Timestamp(milliseconds: 1)

    @Test func everyStepIsInTheTable() {
        let steps: [Lead.State: Set<Lead.State>] = [
            .new: [.contacted, .lost], .contacted: [.qualified, .lost], .qualified: [.lost], .converted: [],
            .lost: [.new],
        ]
        for from in Lead.State.allCases {
            for to in Lead.State.allCases {
                var lead = Lead(id: .make(at: Self.at), state: from, deal: nil, createdAt: Self.at)
                let isAllowed = from == to || steps[from, default: []].contains(to)
                var refusal: HubError?
                do throws(HubError) { try lead.move(to: to) } catch { refusal = error }
                #expect(refusal?.code == (isAllowed ? nil : .conflict), "\(from) → \(to)")
                #expect(lead.state == (isAllowed ? to : from))
            }
        }
    }

    @Test(arguments: Lead.State.allCases)
    func onlyAQualifiedLeadIsConverted(state: Lead.State) {
        var lead = Lead(id: .make(at: Self.at), state: state, deal: nil, createdAt: Self.at)
        let (deal, contact) = (DealID.make(at: Self.at), ContactID.make(at: Self.at))
        guard state == .qualified else {
            #expect(throws: HubError.self) { try lead.convert(into: deal, of: contact) }
            #expect(lead.state == state && lead.deal == nil)
            return
        }
        #expect(throws: Never.self) { try lead.convert(into: deal, of: contact) }
        #expect(lead.state == .converted && lead.deal == deal && lead.contact == contact)
    }

    @Test func aLeadIsSomebody() throws {
        var lead = Lead(id: .make(at: Self.at), at: Self.at)
        #expect(throws: HubError.self) { try lead.check() }
        lead.name = "سارة"
        lead.phone = "00966501234567"
        lead.email = "Sara@Shop.Example"
        try lead.check()
        #expect(lead.phone == "+966501234567" && lead.email == "sara@shop.example")
        #expect(lead.identities.map(\.kind) == [.phone, .email])
        lead.phone = "123"
        #expect(throws: HubError.self) { try lead.check() }
    }
}
