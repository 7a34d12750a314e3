import HubTestKit
import Testing

@testable import Domain

@Suite struct MessageProgressTests {
    private let problem = OutboxProblem(StatusMessage(ar: "لا", en: "no"))

    private func part(_ state: OutboxDelivery.State, _ reached: MessageStatus? = nil) -> OutboxDelivery {
        OutboxDelivery(
            state: state, createdAt: Samples.start, due: Samples.start, reached: reached,
            problem: state == .failed || reached == .failed ? problem : nil)
    }

    @Test func aMessageIsAsFarAsItsSlowestPart() {
        #expect(MessageProgress([part(.accepted, .read), part(.accepted, .sent)])?.status == .sent)
        #expect(MessageProgress([part(.accepted, .read), part(.queued)])?.status == .queued)
        #expect(MessageProgress([part(.accepted, .read), part(.accepted, .read)])?.status == .read)
        #expect(MessageProgress([part(.unsure)])?.status == .queued)
        #expect(MessageProgress([part(.accepted)])?.status == .queued)
    }

    @Test func oneFailedPartFailsIt() {
        for failed in [part(.failed), part(.accepted, .failed)] {
            let progress = MessageProgress([part(.accepted, .read), failed, part(.cancelled)])
            #expect(progress?.status == .failed && progress?.problem == problem)
        }
    }

    @Test func whatIsCancelledSaysNothing() {
        #expect(MessageProgress([]) == nil)
        #expect(MessageProgress([part(.cancelled), part(.cancelled)]) == nil)
        #expect(MessageProgress([part(.cancelled), part(.accepted, .sent)])?.status == .sent)
    }

    @Test func aProblemIsReadBack() {
        let full = OutboxProblem(code: 131_047, StatusMessage(ar: "مضت", en: "passed"), details: "24 hours")
        for problem in [full, problem] { #expect(OutboxProblem(json: problem.json) == problem) }
        #expect(full.text == "مضت · passed (131047)" && problem.text == "لا · no")
        #expect(OutboxProblem(json: ["ar": "x"]) == nil)
        let long = OutboxProblem(full.words, details: String(repeating: "a\0", count: 900))
        #expect(long.details?.count == 250)
    }
}
