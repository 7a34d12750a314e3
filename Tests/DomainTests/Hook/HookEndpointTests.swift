import HubTestKit
import Testing

@testable import Domain

@Suite struct HookEndpointTests {
    private let start = Samples.start
    private let patience = Duration.seconds(100)
    private let good = HookResult.answered(status: 200, retryAfter: nil)
    private let bad = HookResult.answered(status: 500, retryAfter: nil)
    private let gone = HookResult.answered(status: 410, retryAfter: nil)

    private func endpoint() throws -> HookEndpoint {
        HookEndpoint(
            id: .sample(1), url: try #require(OutboundURL("https://shop.example/hook?key=s3cret")), at: start)
    }

    private func news(_ type: HookEventType = .messageCreated, at moment: Timestamp? = nil) -> HookNews {
        HookNews(type, at: moment ?? start, stream: "r_1", sequence: 1, subject: "r_1", data: [:])
    }

    @Test func itWantsWhatItAskedForFromItsMakingOn() throws {
        var endpoint = try endpoint()
        #expect(HookEventType.subscribable.allSatisfy { endpoint.wants(news($0)) }, "all when it asks for none")
        #expect(!endpoint.wants(news(at: start - .milliseconds(1))))
        endpoint.types = [.orderPaid]
        #expect(endpoint.wants(news(.orderPaid)) && !endpoint.wants(news(.messageCreated)))
        endpoint.turn(on: false, at: start)
        #expect(!endpoint.wants(news(.orderPaid)) && endpoint.off == .person)
        endpoint.turn(on: true, at: start + .seconds(9))
        #expect(!endpoint.wants(news(.orderPaid, at: start + .seconds(8))), "what happened meanwhile is not told")
        #expect(endpoint.wants(news(.orderPaid, at: start + .seconds(9))))
    }

    @Test func whatFailsForTooLongIsTurnedOff() throws {
        var endpoint = try endpoint()
        #expect(endpoint.heard(good, at: start, patience: patience) == false, "all was well before")
        #expect(endpoint.heard(bad, at: start + .seconds(1), patience: patience) == true)
        #expect(endpoint.failingSince == start + .seconds(1) && endpoint.isOn)
        #expect(endpoint.heard(bad, at: start + .seconds(100), patience: patience) == false, "nothing new")
        #expect(endpoint.heard(bad, at: start + .seconds(101), patience: patience) == true)
        #expect(endpoint.off == .failing)
        #expect(
            endpoint.heard(good, at: start + .seconds(102), patience: patience) == false, "only a person turns it on")
        endpoint.turn(on: true, at: start + .seconds(103))
        #expect(endpoint.isOn && endpoint.failingSince == nil)
    }

    @Test func oneGoodAnswerForgivesAllBefore() throws {
        var endpoint = try endpoint()
        _ = endpoint.heard(bad, at: start, patience: patience)
        #expect(endpoint.heard(good, at: start + .seconds(99), patience: patience) == true)
        #expect(endpoint.failingSince == nil)
        _ = endpoint.heard(bad, at: start + .seconds(150), patience: patience)
        #expect(endpoint.isOn)
    }

    @Test func whoAnswers410IsTurnedOffAtOnce() throws {
        var endpoint = try endpoint()
        #expect(endpoint.heard(gone, at: start, patience: patience) == true)
        #expect(endpoint.off == .gone)
        #expect(endpoint.document["disabled_because"] == "gone" && endpoint.document["enabled"] == false)
    }

    @Test func theAuditLogKeepsTheHostAndNotTheAddress() throws {
        let trace = try endpoint().trace
        #expect(trace["host"] == "shop.example")
        #expect(!JSONValue.object(trace).text.contains("s3cret"))
    }

    /// Whatever comes: it is off only for a reason, and what is off changes by a person alone.
    @Test(arguments: 0..<20)
    func itStaysWhatItMayBe(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var endpoint = try endpoint()
        var moment = start
        var failing: Timestamp?
        for _ in 0..<300 {
            moment = moment + .seconds(Int64.random(in: 0...30, using: &random))
            let before = endpoint
            switch Int.random(in: 0...9, using: &random) {
            case 0:
                endpoint.turn(on: Bool.random(using: &random), at: moment)
                if endpoint != before { failing = nil }
            case 1...4:
                let isChanged = endpoint.heard(good, at: moment, patience: patience)
                if before.isOn { failing = nil }
                #expect(isChanged == (endpoint != before))
            default:
                _ = endpoint.heard(bad, at: moment, patience: patience)
                if before.isOn { failing = failing ?? moment }
            }
            if endpoint.isOn { #expect(endpoint.failingSince == failing) }
            if before.isOn, endpoint.off == .failing {
                #expect(failing.map { moment - $0 >= patience } == true)
            }
            if !before.isOn, !endpoint.isOn { #expect(endpoint.version == before.version) }
        }
    }
}
