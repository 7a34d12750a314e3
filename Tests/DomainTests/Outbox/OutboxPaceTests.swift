import HubTestKit
import Testing

@testable import Domain

@Suite struct OutboxPaceTests {
    private let start = Samples.start
    private let problem = OutboxProblem(StatusMessage(ar: "لا", en: "no"))

    private var limits: OutboxLimits {
        var limits = OutboxLimits()
        limits.pairBurst = 3
        limits.numberPerSecond = 20
        return limits
    }

    private func entry(_ recipient: Int, number: String = "n1", isTemplate: Bool = false) -> OutboxEntry {
        OutboxEntry(
            id: .sample(1),
            lane: OutboxLane(channel: .whatsapp, number: number, recipient: "w\(recipient)"),
            room: Samples.room,
            seq: 1,
            content: .whatsApp(
                isTemplate
                    ? .template(OutboundTemplate(name: "hi", language: "ar")) : .text("مرحبا", showsPreview: false)),
            delivery: .queued(at: start)
        )
    }

    private func refused(_ kind: RefusalKind, retryAfter: Duration? = nil) -> SendOutcome {
        .refused(SendRefusal(kind, problem, retryAfter: retryAfter))
    }

    @Test func aRecipientGetsABurstAndThenOneInSixSeconds() {
        var pace = OutboxPace(limits)
        for _ in 0..<3 { #expect(pace.admit(entry(1), at: start) == .go) }
        #expect(pace.admit(entry(1), at: start) == .wait(until: start + .milliseconds(6001)))
        #expect(pace.admit(entry(2), at: start) == .go)
        #expect(pace.admit(entry(1), at: start + .milliseconds(6001)) == .go)
    }

    @Test func aNumberSendsNoFasterThanItsThroughput() {
        var pace = OutboxPace(limits)
        for recipient in 0..<20 { #expect(pace.admit(entry(recipient), at: start) == .go) }
        #expect(pace.admit(entry(99), at: start) == .wait(until: start + .milliseconds(50)))
        // What the number could not take costs the recipient nothing.
        for _ in 0..<3 { #expect(pace.admit(entry(99), at: start + .seconds(1)) == .go) }
        #expect(pace.admit(entry(99, number: "n2"), at: start) == .go)
    }

    @Test(arguments: [RefusalKind.auth, .config, .retrySlowNumber])
    func whatStoppedANumberEndsWithTheKeyThatWasRefused(_ kind: RefusalKind) {
        var pace = OutboxPace(limits)
        #expect(pace.admit(entry(1), at: start) == .go)
        pace.ended(refused(kind, retryAfter: .seconds(900)), of: "n1", chance: 0, at: start)
        #expect(pace.resting(at: start) == ["n1"])
        pace.renewed(.sms)
        #expect(pace.resting(at: start) == ["n1"], "it was another channel that was replaced")
        pace.renewed(.whatsapp)
        #expect(pace.resting(at: start).isEmpty && pace.stopped.isEmpty && pace.broken == 0)
        #expect(pace.admit(entry(2), at: start) == .go)
    }

    @Test func aNumberThatMayOnlyAnswerMayNotDoMoreWithANewKey() {
        var pace = OutboxPace(limits)
        #expect(pace.admit(entry(1), at: start) == .go)
        pace.ended(refused(.restricted), of: "n1", chance: 0, at: start)
        pace.renewed(.whatsapp)
        #expect(pace.admit(entry(2), at: start) == .go)
        #expect(pace.admit(entry(3, isTemplate: true), at: start) != .go)
    }

    @Test(arguments: [RefusalKind.auth, .config, .blocked])
    func aStoppedNumberRestsAndThenTriesOne(_ kind: RefusalKind) {
        var pace = OutboxPace(limits)
        let until = start + limits.probePause
        #expect(pace.admit(entry(1), at: start) == .go)
        pace.ended(refused(kind), of: "n1", chance: 0, at: start)
        #expect(pace.stopped == ["n1": kind] && pace.resting(at: start) == ["n1"])
        #expect(pace.admit(entry(2), at: start) == .wait(until: until))
        #expect(pace.admit(entry(2, number: "n2"), at: start) == .go)
        // One probe; the others wait for its end.
        #expect(pace.resting(at: until) == [])
        #expect(pace.admit(entry(2), at: until) == .go)
        #expect(pace.admit(entry(3), at: until) == .wait(until: until + limits.probePause))
        #expect(pace.resting(at: until) == ["n1"])
        pace.ended(refused(kind), of: "n1", chance: 0, at: until)
        #expect(pace.resting(at: until) == ["n1"])
        let later = until + limits.probePause
        #expect(pace.admit(entry(2), at: later) == .go)
        pace.ended(.accepted("wamid"), of: "n1", chance: 0, at: later)
        #expect(pace.stopped.isEmpty && pace.admit(entry(3), at: later) == .go)
    }

    @Test func aProbeThatSaysNothingLetsTheNextOneTry() {
        for outcome in [SendOutcome.unsure(problem), .notSent(problem)] {
            var pace = OutboxPace(limits)
            _ = pace.admit(entry(1), at: start)
            pace.ended(refused(.auth), of: "n1", chance: 0, at: start)
            let later = start + limits.probePause
            _ = pace.admit(entry(1), at: later)
            pace.ended(outcome, of: "n1", chance: 0, at: later)
            #expect(pace.stopped == ["n1": .auth])
            #expect(pace.admit(entry(2), at: later) == .go)
        }
    }

    @Test func aRefusalFromBehindTheDoorClosesTheBreaker() {
        var pace = OutboxPace(limits)
        _ = pace.admit(entry(1), at: start)
        pace.ended(refused(.auth), of: "n1", chance: 0, at: start)
        let later = start + limits.probePause
        _ = pace.admit(entry(1), at: later)
        pace.ended(refused(.permanent), of: "n1", chance: 0, at: later)
        #expect(pace.stopped.isEmpty)
    }

    @Test func tooFastPausesTheWholeNumberLongerEachTime() {
        var pace = OutboxPace(limits)
        var moment = start
        for pause in [1, 2, 4, 8] {
            #expect(pace.admit(entry(1, number: "n1"), at: moment) == .go)
            pace.ended(refused(.retrySlowNumber), of: "n1", chance: 1, at: moment)
            #expect(pace.resting(at: moment) == ["n1"])
            #expect(pace.admit(entry(9), at: moment) == .wait(until: moment + .seconds(Int64(pause))))
            moment = moment + .seconds(Int64(pause) + 10)
        }
        _ = pace.admit(entry(2), at: moment)
        pace.ended(.accepted("w"), of: "n1", chance: 1, at: moment)
        pace.ended(refused(.retrySlowNumber, retryAfter: .seconds(30)), of: "n1", chance: 1, at: moment)
        #expect(pace.admit(entry(9), at: moment) == .wait(until: moment + .seconds(30)))
    }

    @Test func aRestrictedNumberStillAnswers() {
        var pace = OutboxPace(limits)
        _ = pace.admit(entry(1, isTemplate: true), at: start)
        pace.ended(refused(.restricted), of: "n1", chance: 0, at: start)
        #expect(pace.admit(entry(2), at: start) == .go)
        let until = start + limits.longestRetryAfter
        #expect(pace.admit(entry(2, isTemplate: true), at: start) == .wait(until: until))
        #expect(pace.admit(entry(2, isTemplate: true), at: until) == .go)
    }

    @Test func failuresInARowOpenTheBreakerForLongerEachTime() {
        for outcome in [SendOutcome.unsure(problem), .notSent(problem), refused(.retry)] {
            var pace = OutboxPace(limits)
            for recipient in 0..<9 { #expect(pace.admit(entry(recipient), at: start) == .go) }
            for _ in 1..<limits.breakerFailures { pace.ended(outcome, of: "n1", chance: 1, at: start) }
            #expect(pace.broken == 0 && pace.resting(at: start).isEmpty)
            pace.ended(outcome, of: "n1", chance: 1, at: start)
            // Nobody has to act, and what was under way meanwhile changes nothing.
            for _ in 0..<4 { pace.ended(outcome, of: "n1", chance: 1, at: start) }
            #expect(pace.broken == 1 && pace.stopped.isEmpty)
            var moment = start
            for pause: Int64 in [1, 2, 4] {
                #expect(pace.admit(entry(10), at: moment) == .wait(until: moment + .seconds(pause)))
                moment = moment + .seconds(pause)
                #expect(pace.admit(entry(10 + Int(pause)), at: moment) == .go)
                #expect(pace.resting(at: moment) == ["n1"], "one looks for all")
                #expect(pace.admit(entry(30), at: moment) == .wait(until: moment + limits.firstPause))
                pace.ended(outcome, of: "n1", chance: 1, at: moment)
            }
            moment = moment + .seconds(8)
            #expect(pace.admit(entry(20), at: moment) == .go)
            pace.ended(.accepted("wamid.1"), of: "n1", chance: 1, at: moment)
            #expect(pace.broken == 0 && pace.admit(entry(21), at: moment) == .go)
        }
    }

    @Test func refusalsOfSingleMessagesDoNotOpenTheBreaker() {
        var pace = OutboxPace(limits)
        for recipient in 0..<9 {
            #expect(pace.admit(entry(recipient), at: start) == .go)
            pace.ended(refused(.retry), of: "n1", chance: 1, at: start)
            pace.ended(refused(.permanent), of: "n1", chance: 1, at: start)
        }
        #expect(pace.broken == 0)
    }

    // MARK: Systems of the shop

    private func hook(_ number: Int, to endpoint: Int = 1) -> OutboxEntry {
        .hook(.sample(number), to: .sample(endpoint), at: start)
    }

    @Test func ofEachSystemNoMoreIsTakenThanMayLeave() {
        var limits = OutboxLimits()
        (limits.hooks.width, limits.hooks.perSecond) = (4, 6)
        var pace = OutboxPace(limits)
        let system = HookEndpointID.sample(1).text
        #expect(pace.berths(at: start) == [:], "nobody was told anything yet")
        for number in 1...4 {
            #expect(pace.admit(hook(number), at: start) == .go)
            #expect(pace.berths(at: start) == [system: min(4 - number, 6 - number)])
        }
        for _ in 1...4 { pace.ended(.sent("o"), of: system, chance: 1, at: start) }
        #expect(pace.berths(at: start) == [system: 2], "the others of this second are used up")
        #expect(pace.berths(at: start + .seconds(1)) == [system: 4])
        #expect(pace.admit(hook(9, to: 2), at: start) == .go, "another one has its own pace")
    }

    @Test func oneTriesForASystemThatIsDown() {
        var limits = OutboxLimits()
        limits.breakerFailures = 2
        limits.hooks.longestRest = .seconds(20)
        var pace = OutboxPace(limits)
        let system = HookEndpointID.sample(1).text
        for number in 1...2 { #expect(pace.admit(hook(number), at: start) == .go) }
        for _ in 1...2 { pace.ended(refused(.retry), of: system, chance: 1, at: start) }
        #expect(pace.berths(at: start) == [system: 0])
        var moment = start
        for rest: Int64 in [5, 10, 20, 20] {
            #expect(pace.berths(at: moment + .seconds(rest) - .milliseconds(1)) == [system: 0])
            moment = moment + .seconds(rest)
            #expect(pace.berths(at: moment) == [system: 1])
            #expect(pace.admit(hook(100 + Int(moment.milliseconds % 1000)), at: moment) == .go)
            #expect(pace.berths(at: moment) == [system: 0], "one looks for all")
            pace.ended(refused(.retry), of: system, chance: 1, at: moment)
        }
        moment = moment + .seconds(20)
        #expect(pace.admit(hook(7), at: moment) == .go)
        pace.ended(.sent("o"), of: system, chance: 1, at: moment)
        #expect(pace.berths(at: moment + .seconds(1)) == [system: 4])
    }
}
