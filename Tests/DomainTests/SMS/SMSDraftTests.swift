import HubTestKit
import Testing

@testable import Domain

@Suite struct SMSDraftTests {
    private static let (home, work) = ("+966501234567", "+966507777777")

    private static func draft(_ text: String = "مرحبا", phone: String? = nil) throws -> SMSDraft {
        try SMSDraft(
            id: .make(at: Samples.start), entry: .make(at: Samples.start), contact: .make(at: Samples.start),
            phone: phone, text: text, author: .make(at: Samples.start))
    }

    private static func contact(_ phones: String...) -> CRMContact {
        var contact = CRMContact(id: .make(at: Samples.start), at: Samples.start)
        contact.setIdentities(phones.compactMap { ContactIdentity(.phone, $0) })
        return contact
    }

    @Test func theOnlyPhoneNeedNotBeSaid() throws {
        #expect(try Self.draft().recipient(of: Self.contact(Self.home)) == Self.home)
        #expect(
            try Self.draft(phone: "00966 50 777 7777").recipient(of: Self.contact(Self.home, Self.work)) == Self.work)
    }

    @Test func aPhoneThatIsNotClearIsRefused() {
        for (phone, contact, field) in [
            (nil, Self.contact(), "/contact"), (nil, Self.contact(Self.home, Self.work), "/phone"),
            (Self.work, Self.contact(Self.home), "/phone"),
        ] {
            let problems = #expect(throws: HubError.self) { try Self.draft(phone: phone).recipient(of: contact) }
            #expect(problems?.fields.map(\.field) == [field])
        }
    }

    @Test(arguments: ["", String(repeating: "ب", count: 1601)])
    func aTextThatCannotLeaveIsRefused(_ text: String) {
        let problem = #expect(throws: HubError.self) { try Self.draft(text, phone: "123") }
        #expect(problem?.fields.map(\.field) == ["/text", "/phone"])
    }

    @Test func whatIsOwedIsReadBackAsItWasStored() throws {
        let contents: [OutboxContent] = [
            .sms(.make(at: Samples.start)), .slack(SlackPost("<alert>")), .appointment(.make(at: Samples.start)),
        ]
        for content in contents { #expect(OutboxContent(json: content.json) == content) }
        #expect(contents.map(\.repeatsAfterLoss) == [0, 1, .max])
        #expect(OutboxContent(json: ["type": "sms", "sms": "x"]) == nil)
    }

    @Test func aDeliveryIsReadBackAsItWasParked() throws {
        let form = "MessageSid=SM1&AccountSid=AC1&MessageStatus=delivered"
        let item = try #require(TwilioItem(form: form, about: "o_1", receivedAt: Samples.start))
        #expect(item.source == ["form": .string(form), "about": "o_1"] && item.lane == nil)
        let message = "MessageSid=SM1&AccountSid=AC1&SmsStatus=received&From=%2B1&To=%2B2&Body=x"
        #expect(TwilioItem(form: message, about: nil, receivedAt: Samples.start)?.lane == "+1")
        #expect(TwilioItem(form: "a=b", about: nil, receivedAt: Samples.start) == nil)
    }
}
