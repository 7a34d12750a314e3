import Domain
import Testing

@Suite struct TwilioTests {
    @Test(arguments: [
        ("", SMSText.Alphabet.gsm7, 0), ("hello", .gsm7, 1), (String(repeating: "a", count: 160), .gsm7, 1),
        (String(repeating: "a", count: 161), .gsm7, 2), (String(repeating: "a", count: 306), .gsm7, 2),
        (String(repeating: "a", count: 307), .gsm7, 3), (String(repeating: "€", count: 80), .gsm7, 1),
        // A euro takes two places and is not cut: 76 of them in a message of 153.
        (String(repeating: "€", count: 81), .gsm7, 2), (String(repeating: "€", count: 153), .gsm7, 3),
        ("مرحبا", .ucs2, 1), (String(repeating: "م", count: 70), .ucs2, 1),
        (String(repeating: "م", count: 71), .ucs2, 2),
        (String(repeating: "م", count: 134), .ucs2, 2), (String(repeating: "م", count: 135), .ucs2, 3),
        ("a" + String(repeating: "m", count: 68) + "م", .ucs2, 1), (String(repeating: "😀", count: 35), .ucs2, 1),
        (String(repeating: "😀", count: 66), .ucs2, 2), (String(repeating: "😀", count: 67), .ucs2, 3), ("é`", .ucs2, 1),
    ])
    func segmentsAreThoseThatArePaidFor(_ text: String, _ alphabet: SMSText.Alphabet, _ segments: Int) {
        let sms = SMSText(text)
        #expect(sms.alphabet == alphabet && sms.segments == segments)
    }

    @Test func sixteenHundredCharactersAreEnough() {
        #expect(!SMSText(String(repeating: "م", count: 1600)).isTooLong)
        #expect(SMSText(String(repeating: "م", count: 1601)).isTooLong)
    }

    @Test func aReportIsRead() throws {
        let form = try #require(
            FormFields("MessageSid=SM1&SmsSid=SM1&AccountSid=AC1&MessageStatus=undelivered&To=%2B966&ErrorCode=30003"))
        guard case .report(let report)? = TwilioWebhook(form) else { throw Unexpected() }
        #expect(report == TwilioReport(sid: "SM1", account: "AC1", status: .undelivered, code: 30003))
        #expect(report.problem?.code == 30003 && TwilioWebhook(form)?.key == "SM1/undelivered")
    }

    @Test func aMessageOfSomebodyIsRead() throws {
        let form: FormFields = [
            "MessageSid": "SM2", "AccountSid": "AC1", "SmsStatus": "received", "From": "+966501234567", "To": "+1500",
            "Body": "مرحبا", "NumMedia": "2", "MediaUrl0": "https://a", "MediaUrl1": "https://b",
            "MediaUrl2": "https://c",
        ]
        guard case .received(let message)? = TwilioWebhook(form) else { throw Unexpected() }
        #expect(message.body == "مرحبا" && message.media == ["https://a", "https://b"])
        #expect(TwilioWebhook(form)?.key == "SM2")
    }

    @Test(
        arguments: [
            [:], ["MessageSid": "SM1", "MessageStatus": "sent"],
            ["MessageSid": "SM1", "AccountSid": "AC", "MessageStatus": "?"],
            ["MessageSid": "SM1", "AccountSid": "AC", "SmsStatus": "received", "From": "+1"],
        ] as [FormFields])
    func allElseIsNothing(_ form: FormFields) {
        #expect(TwilioWebhook(form) == nil)
    }

    /// In whatever order they come, the furthest is what stays.
    @Test func reportsMayArriveInAnyOrder() {
        let told: [TwilioStatus] = [.queued, .sending, .sent, .delivered]
        for order in [told, told.reversed(), [.delivered, .queued, .sent, .sending]] {
            var reached: MessageStatus?
            for status in order.compactMap(\.messageStatus) { reached = max(reached ?? .queued, status) }
            #expect(reached == .delivered)
        }
        #expect(TwilioStatus.allCases.filter { $0.messageStatus == .failed } == [.undelivered, .failed, .canceled])
    }

    @Test(arguments: [
        (20003, RefusalKind.auth), (20404, .config), (20429, .retrySlowNumber), (21211, .permanent), (21212, .config),
        (21606, .config), (21408, .permanent), (21608, .permanent), (21610, .permanent), (21614, .permanent),
        (21617, .permanent), (30002, .blocked),
    ])
    func anErrorAsksForSomething(_ number: Int, _ kind: RefusalKind) {
        let code = Int64(number)
        let refusal = TwilioError.refusal(code, retryAfter: .seconds(3))
        #expect(refusal?.kind == kind && refusal?.problem.code == code && refusal?.retryAfter == .seconds(3))
        #expect(TwilioError.refusal(1, retryAfter: nil) == nil)
    }

    @Test func aListedMessageIsRead() throws {
        let json: JSONValue = [
            "sid": "SM1", "to": "+966", "body": "x", "direction": "outbound-api",
            "date_created": "Thu, 24 Aug 2023 05:01:45 +0000",
        ]
        let sent = try #require(TwilioSent(json: json))
        #expect(sent.createdAt.rfc3339 == "2023-08-24T05:01:45.000Z" && sent.isOurs)
        #expect(TwilioSent(json: ["sid": "SM1", "to": "+966", "date_created": "2023-08-24"]) == nil)
    }

    private struct Unexpected: Error {}
}
