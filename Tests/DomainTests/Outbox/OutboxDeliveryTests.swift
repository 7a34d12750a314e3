import HubTestKit
import Testing

@testable import Domain

@Suite struct OutboxDeliveryTests {
    private let limits = OutboxLimits()
    private let start = Samples.start
    private let problem = OutboxProblem(code: 1, StatusMessage(ar: "عطل", en: "fault"))

    private func sending() -> OutboxDelivery {
        var delivery = OutboxDelivery.queued(at: start)
        _ = delivery.take(at: start, limits)
        return delivery
    }

    private func ended(
        _ outcome: SendOutcome,
        chance: Double = 1,
        from delivery: OutboxDelivery? = nil
    ) -> OutboxDelivery {
        var delivery = delivery ?? sending()
        delivery.end(take: delivery.takes, outcome, chance: chance, at: start, limits)
        return delivery
    }

    private func refused(_ kind: RefusalKind, retryAfter: Duration? = nil) -> SendOutcome {
        .refused(SendRefusal(kind, problem, retryAfter: retryAfter))
    }

    @Test func itIsTakenOnceAndOnlyWhenDue() {
        var delivery = OutboxDelivery(state: .queued, createdAt: start, due: start + .seconds(5))
        let early = delivery.take(at: start, limits)
        #expect(!early && delivery.state == .queued)
        let first = delivery.take(at: start + .seconds(5), limits)
        let second = delivery.take(at: start + .seconds(5), limits)
        #expect(first && !second)
        #expect(delivery.state == .sending && delivery.takes == 1 && delivery.attempts == 1)
        #expect(delivery.due == start + .seconds(5) + limits.lease)
    }

    @Test func whatWasPutOffIsDueAtOnceWhenItsReasonIsGone() {
        var delivery = ended(refused(.auth))
        #expect(delivery.due == start + limits.probePause)
        delivery.hasten(at: start + .seconds(1))
        #expect(delivery.due == start + .seconds(1))
        delivery.hasten(at: start + .seconds(5))
        #expect(delivery.due == start + .seconds(1), "it is due already")
    }

    @Test func aRecipientWhoWasWrittenToTooFastIsLeftAloneAllTheSame() {
        var delivery = ended(refused(.retryPair))
        let before = delivery
        delivery.hasten(at: start)
        #expect(delivery == before)
    }

    @Test(arguments: OutboxDelivery.State.allCases.filter { $0 != .queued })
    func onlyWhatWaitsIsHastened(_ state: OutboxDelivery.State) {
        var delivery = OutboxDelivery(state: state, createdAt: start, due: start + .seconds(60))
        let before = delivery
        delivery.hasten(at: start)
        #expect(delivery == before)
    }

    @Test func whatIsTakenIsAccepted() {
        let delivery = ended(.accepted("wamid.1"))
        #expect(delivery.state == .accepted && delivery.providerID == "wamid.1" && delivery.problem == nil)
        #expect(delivery.status == .queued)
    }

    @Test func whatMayHaveGoneOutIsNeverQueuedAgain() {
        var delivery = ended(.unsure(problem))
        #expect(delivery.state == .unsure && delivery.due == start + limits.settleTime)
        let taken = delivery.take(at: start + .seconds(9_999_999), limits)
        #expect(!taken)
        let isEarly = delivery.pass(at: start + limits.settleTime - .milliseconds(1), limits)
        #expect(!isEarly)
        let isOver = delivery.pass(at: start + limits.settleTime, limits)
        #expect(isOver && delivery.state == .failed && delivery.problem == .unknownOutcome)
    }

    @Test func aReportSettlesWhatIsUnsureAndWhatWasGivenUp() {
        for status in MessageStatus.allCases where status != .queued {
            for isOver in [false, true] {
                var delivery = ended(.unsure(problem))
                if isOver { _ = delivery.pass(at: start + limits.settleTime, limits) }
                let changed = delivery.hear(status, id: "wamid.9", problem: status == .failed ? problem : nil)
                #expect(changed && delivery.state == .accepted && delivery.providerID == "wamid.9")
                #expect(delivery.status == status)
                #expect(delivery.problem == (status == .failed ? problem : nil))
            }
        }
    }

    @Test func aReportThatOvertakesTheAnswerIsKept() {
        var delivery = sending()
        _ = delivery.hear(.delivered, id: "wamid.9", problem: nil)
        delivery.end(take: 1, .unsure(problem), chance: 0, at: start, limits)
        #expect(delivery.state == .accepted && delivery.reached == .delivered)
        delivery.end(take: 1, .accepted("wamid.9"), chance: 0, at: start, limits)
        #expect(delivery.state == .accepted && delivery.reached == .delivered)
    }

    @Test func aLeaseThatEndsLeavesItUnsure() {
        var delivery = sending()
        let isEarly = delivery.pass(at: start + limits.lease - .milliseconds(1), limits)
        let isOver = delivery.pass(at: start + limits.lease, limits)
        #expect(!isEarly && isOver)
        #expect(delivery.state == .unsure && delivery.due == start + limits.lease + limits.settleTime)
        // The hub was slow, not gone: it knows that nothing went out, but the lane has gone on.
        delivery.end(take: 1, .notSent(problem), chance: 0, at: start + limits.lease, limits)
        #expect(delivery.state == .failed)
    }

    @Test func anEndOfAnotherTakeIsIgnored() {
        var delivery = ended(.notSent(problem))
        _ = delivery.take(at: delivery.due, limits)
        delivery.end(take: 1, .accepted("wamid.1"), chance: 0, at: start, limits)
        #expect(delivery.state == .sending && delivery.takes == 2)
    }

    @Test func pausesDoubleAndSpread() {
        for attempts in 1...7 as ClosedRange<Int64> {
            let whole = min(limits.longestPause, .seconds(1 << (attempts - 1)))
            #expect(limits.pause(after: attempts, chance: 1) == whole)
            #expect(limits.pause(after: attempts, chance: 0) == whole / 2)
        }
        #expect(limits.pause(after: .max, chance: 7) == limits.longestPause)
    }

    @Test func retriesAreCapped() {
        var delivery = OutboxDelivery.queued(at: start)
        var moment = start
        var tries = 0
        while delivery.take(at: moment, limits) {
            tries += 1
            delivery.end(take: delivery.takes, refused(.retry), chance: 0.5, at: moment, limits)
            moment = max(moment, delivery.due)
        }
        #expect(tries == Int(limits.maxAttempts))
        #expect(delivery.state == .failed && delivery.problem == problem)
    }

    @Test func whatTheProviderAsksForIsWaited() {
        #expect(ended(refused(.retry, retryAfter: .seconds(90))).due == start + .seconds(90))
        #expect(ended(refused(.retry, retryAfter: .seconds(90_000))).due == start + limits.longestRetryAfter)
        #expect(ended(refused(.retryPair, retryAfter: .seconds(7))).due == start + .seconds(7))
        #expect(ended(refused(.auth, retryAfter: .seconds(7))).due == start + limits.probePause)
    }

    @Test func thePairLimitWaitsFourToTheXAndIsNotCounted() {
        var delivery = OutboxDelivery.queued(at: start)
        var moment = start
        for wait in [1, 4, 16, 64, 256, 1024, 1024] {
            _ = delivery.take(at: moment, limits)
            delivery.end(take: delivery.takes, refused(.retryPair), chance: 0, at: moment, limits)
            #expect(delivery.due == moment + .seconds(Int64(wait)))
            moment = delivery.due
        }
        #expect(delivery.attempts == 0)
        _ = delivery.take(at: moment, limits)
        delivery.end(take: delivery.takes, refused(.retry), chance: 0, at: moment, limits)
        #expect(delivery.pairRefusals == 0 && delivery.attempts == 1)
    }

    @Test(arguments: [
        RefusalKind.retry, .retryPair, .retrySlowNumber, .auth, .config, .blocked, .retryOnce, .restricted,
        .permanent, .permanentUntil(.seconds(86_400)),
    ])
    func eachRefusalHasItsEnd(_ kind: RefusalKind) {
        let delivery = ended(refused(kind))
        switch kind {
        case .retry, .retryOnce:
            #expect(delivery.state == .queued && delivery.attempts == 1)
        case .retryPair, .retrySlowNumber, .auth, .config, .blocked:
            #expect(delivery.state == .queued && delivery.attempts == 0)
        case .restricted, .permanent, .permanentUntil:
            #expect(delivery.state == .failed)
        }
        #expect(delivery.problem == problem)
    }

    @Test func someRefusalsAreTriedOnceMore() {
        var delivery = ended(refused(.retryOnce))
        _ = delivery.take(at: delivery.due, limits)
        #expect(ended(refused(.retryOnce), from: delivery).state == .failed)
    }

    @Test func whatIsOldIsGivenUp() {
        var queued = OutboxDelivery.queued(at: start)
        let isEarly = queued.pass(at: start + limits.maxAge - .milliseconds(1), limits)
        let isOld = queued.pass(at: start + limits.maxAge, limits)
        #expect(!isEarly && isOld && queued.state == .failed && queued.problem == .tooLate)
        // A stopped number does not keep it beyond that, either.
        var delivery = OutboxDelivery.queued(at: start)
        let late = start + limits.maxAge - .seconds(1)
        _ = delivery.take(at: late, limits)
        delivery.end(take: 1, refused(.auth), chance: 0, at: late, limits)
        #expect(delivery.state == .failed)
    }

    @Test func itIsGivenBackWithoutATry() {
        var delivery = sending()
        delivery.release(take: 2, until: start)
        #expect(delivery.state == .sending)
        delivery.release(take: 1, until: start + .seconds(3))
        #expect(delivery.state == .queued && delivery.attempts == 0 && delivery.due == start + .seconds(3))
    }

    @Test func onlyWhatHasNotLeftIsCancelled() {
        for state in OutboxDelivery.State.allCases {
            var delivery = OutboxDelivery(state: state, createdAt: start, due: start)
            let isCancelled = delivery.cancel()
            #expect(isCancelled == (state == .queued))
            #expect(delivery.state == (isCancelled ? .cancelled : state))
            let taken = delivery.take(at: start, limits)
            #expect(!taken || state == .queued)
        }
    }

    @Test func whatIsWithdrawnOnItsWayIsNotTriedAgain() {
        let problem = OutboxProblem(StatusMessage(ar: "لا", en: "no"))
        let endings: [(SendOutcome, OutboxDelivery.State)] = [
            (.notSent(problem), .cancelled), (.refused(SendRefusal(.retry, problem)), .cancelled),
            (.refused(SendRefusal(.auth, problem)), .cancelled), (.refused(SendRefusal(.permanent, problem)), .failed),
            (.accepted("wamid.1"), .accepted), (.unsure(problem), .unsure),
        ]
        for (outcome, state) in endings {
            var delivery = OutboxDelivery.queued(at: start)
            let (isTaken, isCancelled) = (delivery.take(at: start, limits), delivery.cancel())
            #expect(isTaken && !isCancelled)
            delivery.end(take: 1, outcome, chance: 0, at: start, limits)
            #expect(delivery.state == state)
        }
        var delivery = OutboxDelivery.queued(at: start)
        let (isTaken, isCancelled) = (delivery.take(at: start, limits), delivery.cancel())
        #expect(isTaken && !isCancelled)
        delivery.release(take: 1, until: start)
        #expect(delivery.state == .cancelled)
    }

    @Test func reportsOnlyRise() {
        var delivery = ended(.accepted("wamid.1"))
        let steps: [(MessageStatus, MessageStatus, Bool)] = [
            (.delivered, .delivered, true), (.sent, .delivered, false), (.failed, .delivered, false),
            (.read, .read, true), (.delivered, .read, false), (.read, .read, false),
        ]
        for (heard, reached, changes) in steps {
            let changed = delivery.hear(heard, id: "wamid.1", problem: nil)
            #expect(changed == changes && delivery.reached == reached)
        }
    }

    /// Whatever happens in whatever order: what may have gone out is never due for sending again.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func nothingThatMayHaveGoneOutIsSentAgain(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var delivery = OutboxDelivery.queued(at: start)
        var moment = start
        var mayHaveLeft = false
        for _ in 0..<60 {
            moment = moment + .milliseconds(Int64.random(in: 0...400_000, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0:
                let taken = delivery.take(at: moment, limits)
                #expect(!(taken && mayHaveLeft))
            case 1: delivery.release(take: delivery.takes, until: moment)
            case 2:
                let outcome = random.pick([
                    .accepted("w"), .sent("w"), .unsure(problem), .notSent(problem), refused(.retry),
                    refused(.permanent),
                    refused(.retryPair), refused(.auth),
                ])
                let wasSending = delivery.state == .sending
                delivery.end(take: delivery.takes, outcome, chance: 0.3, at: moment, limits)
                switch outcome {
                case .accepted, .sent, .unsure: if wasSending { mayHaveLeft = true }
                case .notSent, .refused: break
                }
            case 3:
                let wasSending = delivery.state == .sending
                if delivery.pass(at: moment, limits), wasSending { mayHaveLeft = true }
            case 4: if mayHaveLeft { _ = delivery.hear(.sent, id: "w", problem: nil) }
            default: _ = delivery.cancel()
            }
            if mayHaveLeft { #expect(delivery.state != .queued && delivery.state != .sending) }
        }
    }

    // MARK: What is harmless to do twice

    private func limits(repeating: Int64) -> OutboxLimits {
        var limits = limits
        limits.repeatsAfterLoss = repeating
        return limits
    }

    @Test func aLostAnswerIsRepeatedAsOftenAsItIsHarmless() {
        let limits = limits(repeating: 1)
        var delivery = sending()
        delivery.end(take: 1, .unsure(problem), chance: 1, at: start, limits)
        #expect(delivery.state == .queued && delivery.due == start + limits.firstPause)
        let taken = delivery.take(at: delivery.due, limits)
        delivery.end(take: 2, .unsure(problem), chance: 1, at: start, limits)
        #expect(taken && delivery.state == .unsure)
    }

    @Test func theDeathOfAHubIsALostAnswer() {
        var (careful, harmless) = (sending(), sending())
        let end = start + limits.lease
        let changed = [careful.pass(at: end, limits), harmless.pass(at: end, limits(repeating: .max))]
        #expect(changed == [true, true])
        #expect(careful.state == .unsure && harmless.state == .queued && harmless.due == end)
    }

    @Test func aReportThatSaysNoMoreThanThatItIsThereEndsTheDoubt() {
        var delivery = ended(.unsure(problem))
        #expect(delivery.isOf("SM1"))
        delivery.settle(as: "SM1")
        #expect(delivery.state == .accepted && delivery.providerID == "SM1" && delivery.reached == nil)
        #expect(!delivery.isOf("SM2"))
        var failed = ended(refused(.permanent))
        failed.settle(as: "SM1")
        #expect(failed.state == .failed)
    }
}
