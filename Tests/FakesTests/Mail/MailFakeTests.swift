import Testing

@testable import Fakes

@Suite struct MailFakeTests {
    @Test func aFaultMeetsItsStageAsOftenAsItShould() {
        let fake = MailFake(mailboxes: ["a@example.com": "x"])
        fake.add(MailFault(stage: .rcpt, kind: .reply("451 later"), times: 2))
        fake.add(MailFault(stage: .rcpt, kind: .drop, times: 1))
        #expect(fake.nextFault(at: .mail) == nil)
        #expect(
            (0..<4).map { _ in fake.nextFault(at: .rcpt) } == [.reply("451 later"), .reply("451 later"), .drop, nil])
    }

    @Test func whatWasTakenIsKeptUntilItIsForgotten() {
        let fake = MailFake(mailboxes: [:])
        fake.take(
            ReceivedMail(sender: "a@x", recipients: ["b@y"], data: Array("x".utf8), user: nil, isSecured: false))
        fake.add(MailFault(stage: .connect, kind: .hang, times: 9))
        #expect(fake.mails.map(\.recipients) == [["b@y"]])
        fake.forget()
        #expect(fake.mails.isEmpty && fake.nextFault(at: .connect) == nil)
    }
}
