import Testing

@testable import Integrations

@Suite struct SMTPConversationTests {
    private static let parcel = SMTPParcel(
        sender: "shop@example.com", recipient: "sara@example.net", data: Array("Subject: x\r\n\r\n.dot\r\nend".utf8))
    private static let login = SMTPLogin(user: "shop@example.com", password: "geheim")
    private static let deliver = SMTPErrand.deliver(parcel, login: login)

    /// Plays a server that answers each command with the next of `replies`, in pieces of `size` bytes.
    private static func play(
        _ errand: SMTPErrand = deliver,
        _ security: MailServer.Security = .ifOffered,
        size: Int = 1,
        answering replies: [String]
    ) -> (said: [String], outcome: SMTPOutcome) {
        var conversation = SMTPConversation(errand, security: security, name: "[127.0.0.1]")
        var said: [String] = []
        var replies = replies[...]
        while let reply = replies.popFirst() {
            let bytes = Array((reply + "\r\n").utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                var steps = conversation.receive(bytes[start..<min(start + size, bytes.count)])
                while !steps.isEmpty {
                    switch steps.removeFirst() {
                    case .send(let bytes):
                        said.append(String(decoding: bytes, as: UTF8.self))
                        conversation.flushed()
                    case .secure:
                        said.append("<TLS>")
                        steps += conversation.secured()
                    case .end(let outcome): return (said, outcome)
                    }
                }
            }
        }
        return (said, conversation.lost())
    }

    private static let toTheDot = [
        "220 mail.example ESMTP", "250-mail.example\r\n250-AUTH LOGIN PLAIN\r\n250 SIZE 1000",
        "235 2.7.0 ok", "250 2.1.0 ok", "250 2.1.5 ok", "354 go on",
    ]

    @Test(arguments: [1, 2, 3, 5, 8, 1000])
    func aMailIsHandedOver(_ size: Int) {
        let (said, outcome) = Self.play(size: size, answering: Self.toTheDot + ["250 2.0.0 queued as 1"])
        #expect(outcome == .accepted)
        #expect(
            said == [
                "EHLO [127.0.0.1]\r\n", "AUTH PLAIN AHNob3BAZXhhbXBsZS5jb20AZ2VoZWlt\r\n",
                "MAIL FROM:<shop@example.com> SIZE=23\r\n", "RCPT TO:<sara@example.net>\r\n", "DATA\r\n",
                "Subject: x\r\n\r\n..dot\r\nend\r\n.\r\n", "QUIT\r\n",
            ])
    }

    @Test func aConnectionThatEndsAnywhereIsJudgedByTheDot() {
        let all = Self.toTheDot + ["250 2.0.0 queued as 1"]
        for count in 0..<all.count {
            #expect(Self.play(answering: Array(all.prefix(count))).outcome == (count < 6 ? .lost : .unsure))
        }
        var conversation = SMTPConversation(Self.deliver, security: .ifOffered, name: "x")
        for reply in Self.toTheDot { _ = conversation.receive(Array("\(reply)\r\n".utf8)) }
        // The dot has not left this machine.
        let outcome = conversation.lost()
        #expect(outcome == .lost)
    }

    @Test func aServerIsSpokenToUnderTLSFromSTARTTLSOn() {
        let (said, outcome) = Self.play(
            Self.deliver, .required,
            answering: [
                "220 hi", "250-x\r\n250 STARTTLS", "220 2.0.0 go", "250-x\r\n250 AUTH LOGIN", "334 VXNlcm5hbWU6",
                "334 UGFzc3dvcmQ6", "235 ok", "250 ok", "250 ok", "354 go", "250 ok",
            ])
        #expect(outcome == .accepted)
        #expect(
            said.prefix(7) == [
                "EHLO [127.0.0.1]\r\n", "STARTTLS\r\n", "<TLS>", "EHLO [127.0.0.1]\r\n", "AUTH LOGIN\r\n",
                "c2hvcEBleGFtcGxlLmNvbQ==\r\n", "Z2VoZWlt\r\n",
            ])
    }

    @Test func nothingIsSaidWithoutTLSThatIsAskedFor() {
        let (said, outcome) = Self.play(Self.deliver, .required, answering: ["220 hi", "250-x\r\n250 AUTH PLAIN"])
        #expect(outcome == .noTLS)
        #expect(said == ["EHLO [127.0.0.1]\r\n", "QUIT\r\n"])
    }

    @Test func whatComesBeforeTLSIsNotBelieved() {
        let slipped = Self.play(
            Self.deliver, .required, size: 1000,
            answering: ["220 hi", "250-x\r\n250 STARTTLS", "220 go\r\n250 injected"])
        #expect(slipped.outcome == .garbled)
        #expect(slipped.said.last == "STARTTLS\r\n")
    }

    @Test(arguments: [
        (["554 no"], SMTPStage.greeting), (["220 hi", "421 busy"], .greeting),
        (["220 hi", "250-x\r\n250 STARTTLS", "454 no"], .security),
        (["220 hi", "250-x\r\n250 AUTH PLAIN", "535 5.7.8 no"], .login),
        (["220 hi", "250-x\r\n250 AUTH PLAIN", "235 ok", "553 no"], .sender),
        (["220 hi", "250-x\r\n250 AUTH PLAIN", "235 ok", "250 ok", "550 5.1.1 no"], .recipient),
        (["220 hi", "250-x\r\n250 AUTH PLAIN", "235 ok", "250 ok", "250 ok", "451 no"], .data),
        (["220 hi", "250-x\r\n250 AUTH PLAIN", "235 ok", "250 ok", "250 ok", "354 go", "554 spam"], .content),
    ])
    func aRefusalSaysWhere(_ replies: [String], _ stage: SMTPStage) {
        guard case .refused(_, let place) = Self.play(answering: replies).outcome else {
            Issue.record("it was not refused")
            return
        }
        #expect(place == stage)
    }

    @Test func whatAServerCannotDoIsKnownBefore() {
        #expect(Self.play(answering: ["220 hi", "250 x"]).outcome == .noLogin)
        #expect(
            Self.play(answering: ["220 hi", "250-x\r\n250-AUTH PLAIN\r\n250 SIZE 22"]).outcome
                == .tooLarge(maxBytes: 22))
        #expect(Self.play(answering: ["HTTP/1.1 400"]).outcome == .garbled)
        let arabic = SMTPErrand.deliver(
            SMTPParcel(sender: "shop@example.com", recipient: "سارة@example.net", data: []), login: nil)
        #expect(Self.play(arabic, answering: ["220 hi", "250-x\r\n250 SMTPUTF8"]).outcome == .noUnicode)
        let (said, _) = Self.play(
            arabic, answering: ["220 hi", "250-x\r\n250-SMTPUTF8\r\n250 8BITMIME", "250 ok", "250 ok"])
        #expect(
            said.dropFirst().prefix(2) == [
                "MAIL FROM:<shop@example.com> BODY=8BITMIME SMTPUTF8\r\n", "RCPT TO:<سارة@example.net>\r\n",
            ])
    }

    @Test func aCheckSignsInNowhere() {
        let (said, outcome) = Self.play(.check, answering: ["220 hi", "250-x\r\n250 AUTH PLAIN"])
        #expect(outcome == .ready)
        #expect(said == ["EHLO [127.0.0.1]\r\n", "QUIT\r\n"])
    }
}
