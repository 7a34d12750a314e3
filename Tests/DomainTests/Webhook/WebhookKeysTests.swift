import HubTestKit
import Testing

@testable import Domain

@Suite struct WebhookKeysTests {
    private let start = Samples.start
    private let grace = Duration.seconds(600)

    private func believes(_ keys: WebhookKeys<String>, _ signer: String, after time: Duration = .zero) -> Bool {
        keys.contains(at: start + time) { $0 == signer }
    }

    @Test func withoutAKeyNobodyIsBelieved() {
        #expect(!believes(WebhookKeys(nil), "a"))
    }

    @Test func theKeyBeforeIsGoodForAWhile() {
        let keys = WebhookKeys("a").renewed(with: "b", grace: grace, at: start)
        #expect(keys.current == "b" && believes(keys, "b") && believes(keys, "a"))
        #expect(believes(keys, "a", after: grace - .milliseconds(1)) && !believes(keys, "a", after: grace))
        #expect(believes(keys, "b", after: grace) && !believes(keys, "c"))
    }

    @Test func aSlipThatIsCorrectedAtOnceKeepsTheOneThatWasInUse() {
        let keys = WebhookKeys("a").renewed(with: "slip", grace: grace, at: start)
            .renewed(with: "b", grace: grace, at: start + .seconds(5))
        #expect(believes(keys, "a", after: .seconds(10)) && believes(keys, "b", after: .seconds(10)))
        #expect(!believes(keys, "a", after: grace))
    }

    @Test func turningItOffEndsAllOfThem() {
        let off = WebhookKeys("a").renewed(with: nil, grace: grace, at: start)
        #expect(!believes(off, "a"))
        let on = off.renewed(with: "b", grace: grace, at: start)
        #expect(believes(on, "b") && !believes(on, "a"))
    }

    @Test func withoutGraceTheOldOneEndsAtOnce() {
        let keys = WebhookKeys("a").renewed(with: "b", grace: .zero, at: start)
        #expect(!believes(keys, "a") && believes(keys, "b"))
    }

    @Test func notMoreThanAFewAreKept() {
        var keys = WebhookKeys("0")
        for number in 1...10 { keys = keys.renewed(with: "\(number)", grace: grace, at: start) }
        #expect((0...10).filter { believes(keys, "\($0)") } == [7, 8, 9, 10])
    }
}
