import Domain
import Testing

@Suite struct ReplyValuesTests {
    private func values(of name: String) -> [ReplyVariable: String] {
        let contact = Contact(
            participant: Participant(kind: .visitor, id: "v", name: name), email: nil, phone: "+966501234567",
            locale: "ar", page: nil, isVerified: false)
        return ReplyValues(contact: contact, agentName: "عبد الله الحربي", shopName: "متجرنا").byVariable
    }

    @Test func onlyWhatIsKnownIsFilledIn() {
        let known = values(of: "سارة العتيبي")
        #expect(known[.contactName] == "سارة العتيبي" && known[.contactFirstName] == "سارة")
        #expect(known[.contactPhone] == "+966501234567" && known[.shopName] == "متجرنا")
        #expect(known[.contactEmail] == nil && known[.teamName] == nil && known[.nextOpening] == nil)
        let nameless = values(of: Visitor.nameless)
        #expect(nameless[.contactName] == nil && nameless[.contactFirstName] == nil)
    }

    @Test(arguments: [
        ("عبد الله الحربي", "عبد الله"), ("أبو بكر", "أبو بكر"), ("أم خالد السالم", "أم خالد"), ("عبد", "عبد"),
        ("Omar Khalid", "Omar"), ("  سارة  ", "سارة"), ("", ""),
    ])
    func firstNamesOfTwoWordsStayWhole(_ name: String, _ first: String) {
        #expect(ReplyValues.firstName(of: name) == first)
    }
}
