import Domain
import Testing

@testable import Integrations

@Suite struct SendOutcomeTests {
    private func kind(_ code: Int, at stage: SMTPStage) -> RefusalKind? {
        let outcome = SMTPOutcome.refused(SMTPReply(code: code, lines: ["x"]), at: stage)
        guard case .refused(let refusal) = SendOutcome(outcome, id: "1") else { return nil }
        return refusal.kind
    }

    @Test func aRefusalConcernsWhomItNames() {
        #expect(kind(450, at: .recipient) == .retryPair && kind(550, at: .recipient) == .permanent)
        #expect(kind(454, at: .login) == .retry && kind(535, at: .login) == .auth)
        #expect(kind(451, at: .sender) == .retry && kind(553, at: .sender) == .config)
        #expect(kind(421, at: .greeting) == .retry && kind(554, at: .greeting) == .blocked)
        #expect(kind(451, at: .content) == .retry && kind(554, at: .content) == .permanent)
    }

    @Test func onlyWhatIsKnownNotToHaveLeftIsTriedAgain() {
        #expect(SendOutcome(.accepted, id: "1") == .sent("1"))
        if case .notSent = SendOutcome(.lost, id: "1") {} else { Issue.record("nothing has left") }
        if case .unsure = SendOutcome(.unsure, id: "1") {} else { Issue.record("it may have left") }
    }
}
