import HubTestKit
import Testing

@testable import Domain

@Suite struct HookResultTests {
    private let entry = OutboxEntryID.sample(1)

    private func kind(_ result: HookResult) -> RefusalKind? {
        guard case .refused(let refusal) = result.outcome(entry) else { return nil }
        return refusal.kind
    }

    @Test func onlyTwoHundredsAreGood() {
        for status in 100...999 {
            let result = HookResult.answered(status: status, retryAfter: nil)
            #expect(result.isGood == (200...299).contains(status))
            #expect(result.isGone == (status == 410))
            #expect((result.outcome(entry) == .sent(entry.text)) == result.isGood)
            #expect((result.reason == nil) == result.isGood)
            #expect(result.reason.map(HookResult.reasons.contains) ?? true)
            // Only 410 is a last word.
            #expect((kind(result) == .permanent) == (status == 410))
        }
    }

    @Test func whoIsAskedToWaitWaitsForAllOfTheEndpoint() {
        let pause = Duration.seconds(7)
        for status in [429, 503] {
            guard case .refused(let refusal) = HookResult.answered(status: status, retryAfter: pause).outcome(entry)
            else {
                Issue.record("\(status) is no refusal")
                continue
            }
            #expect(refusal.kind == .retrySlowNumber && refusal.retryAfter == pause)
        }
        #expect(kind(.answered(status: 429, retryAfter: nil)) == .retrySlowNumber)
        #expect(kind(.answered(status: 503, retryAfter: nil)) == .retry)
        #expect(kind(.answered(status: 302, retryAfter: nil)) == .retry)
    }

    @Test(arguments: HookResult.Failure.allCases)
    func withoutAnAnswerItIsTriedAgain(_ failure: HookResult.Failure) {
        let result = HookResult.failed(failure)
        #expect(kind(result) == .retry && !result.isGood && result.status == nil)
        #expect(result.reason == failure.rawValue && HookResult.reasons.contains(failure.rawValue))
    }

    @Test func everyStateOfTheOutboxIsOneOfADelivery() {
        let all = HookDelivery.State.allCases.flatMap(\.stored)
        #expect(Set(all) == Set(OutboxDelivery.State.allCases) && all.count == OutboxDelivery.State.allCases.count)
    }
}
