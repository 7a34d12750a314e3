import HubTestKit
import Testing

@testable import Domain

@Suite struct MailOrderTests {
    @Test(arguments: [MailOrder.Purpose.transcript, .followUp(after: 3, upTo: 9)])
    func anOrderIsReadBackAsItWasStored(_ purpose: MailOrder.Purpose) throws {
        let content = OutboxContent.mail(MailOrder(purpose, of: Samples.room, in: .english))
        #expect(OutboxContent(json: content.json) == content)
        #expect(!content.startsConversation)
    }

    @Test func whatIsNoOrderIsRefused() {
        for json: JSONValue in [
            ["type": "mail"], ["type": "mail", "mail": ["purpose": "x", "conversation": "r", "language": "ar"]],
        ] {
            #expect(OutboxContent(json: json) == nil)
        }
        let text = OutboxContent.whatsApp(.text("x", showsPreview: false))
        #expect(OutboxContent(json: text.json) == text)
    }

    @Test func mailIsMorePatientAndIsGivenUpByAge() {
        let limits = OutboxLimits().of(.mail)
        let problem = OutboxProblem(StatusMessage(ar: "لا", en: "no"))
        var delivery = OutboxDelivery.queued(at: Samples.start)
        var moment = Samples.start
        var tries = 0
        while delivery.take(at: moment, limits) {
            tries += 1
            delivery.end(take: delivery.takes, .notSent(problem), chance: 1, at: moment, limits)
            moment = delivery.due
        }
        #expect(delivery.state == .failed && tries > 20)
        #expect(
            limits.pause(after: 1, chance: 1) == .seconds(60) && limits.pause(after: 99, chance: 1) == .seconds(3600))
        #expect(OutboxLimits().of(.whatsapp) == OutboxLimits())
    }

    @Test func whatIsSentWithoutReportsIsSent() {
        var delivery = OutboxDelivery.queued(at: Samples.start)
        _ = delivery.take(at: Samples.start, OutboxLimits())
        delivery.end(take: 1, .sent("<o_1@x>"), chance: 0, at: Samples.start, OutboxLimits())
        #expect(delivery.state == .accepted && delivery.status == .sent && delivery.providerID == "<o_1@x>")
    }
}
