import HubTestKit
import Testing

@testable import Domain

@Suite struct ZidUpkeepTests {
    private static let start = Samples.start
    private static let rules = ZidUpkeepRules()

    private static func after(_ seconds: Int64) -> Timestamp { start + .seconds(seconds) }

    /// One that an expectation may change.
    private final class Row {
        var value: ZidUpkeep

        init(_ kind: ZidUpkeep.Kind) { value = ZidUpkeep(kind) }

        func claim(_ version: Int64, due: Timestamp = ZidUpkeepTests.start, at moment: Timestamp) -> Int64? {
            value.claim(version, due: due, at: moment, ZidUpkeepTests.rules)
        }

        func end(_ end: ZidUpkeep.End, ticket: Int64, at moment: Timestamp) -> Bool {
            value.end(end, ticket: ticket, at: moment, ZidUpkeepTests.rules)
        }
    }

    /// Claimed at the start, for the first version.
    private static func held(_ kind: ZidUpkeep.Kind = .keys) -> Row {
        let row = Row(kind)
        #expect(row.claim(1, at: start) == 1)
        return row
    }

    // MARK: Transcripts

    @Test func itIsDoneOnceAndThenForTheNextVersion() {
        let upkeep = Self.held()
        #expect(upkeep.value.isHeld(at: Self.after(119)) && !upkeep.value.isHeld(at: Self.after(120)))
        #expect(upkeep.claim(1, at: Self.after(1)) == nil, "somebody has it")
        #expect(upkeep.end(.done(version: 2, mark: "m"), ticket: 1, at: Self.after(2)))
        #expect(
            upkeep.value.version == 2 && upkeep.value.doneAt == Self.after(2) && upkeep.value.mark == "m"
                && upkeep.value.problem == nil)
        #expect(upkeep.claim(1, at: Self.after(3)) == nil, "read before it was done")
        #expect(upkeep.claim(2, due: Self.after(10), at: Self.after(3)) == nil, "not due")
        #expect(upkeep.claim(2, due: Self.after(10), at: Self.after(10)) == 2)
    }

    @Test func pausesGrowUntilTheLongest() {
        let upkeep = Row(.keys)
        var moment = Self.start
        var pauses: [Int64] = []
        for _ in 0..<10 {
            let ticket = upkeep.claim(1, at: moment) ?? 0
            #expect(
                upkeep.end(
                    .later(.unreachable, retryAfter: nil, mayHaveHappened: false), ticket: ticket, at: moment))
            let next = upkeep.value.notBefore ?? moment
            #expect(upkeep.claim(1, at: next - .milliseconds(1)) == nil)
            pauses.append((next - moment).milliseconds / 1000)
            moment = next
        }
        #expect(pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600])
        #expect(upkeep.value.problem == .unreachable && !upkeep.value.isUnsure && !upkeep.value.isGivenUp)
    }

    @Test func aPauseThatIsAskedForIsKept() {
        let upkeep = Self.held()
        _ = upkeep.end(
            .later(.limited, retryAfter: .seconds(90), mayHaveHappened: false), ticket: 1, at: Self.start)
        #expect(upkeep.value.notBefore == Self.after(90))
        #expect(upkeep.claim(1, at: Self.after(89)) == nil)
        // Its owner stored something: that may be what was wrong.
        #expect(upkeep.claim(2, at: Self.after(1)) == 2)
        #expect(upkeep.value.attempts == 0 && upkeep.value.problem == nil)
    }

    @Test func whatIsGivenUpWaitsForItsOwner() {
        let upkeep = Self.held()
        _ = upkeep.end(.never(.grantRefused), ticket: 1, at: Self.start)
        #expect(upkeep.value.isGivenUp && upkeep.value.problem == .grantRefused)
        #expect(upkeep.claim(1, at: Self.after(1_000_000)) == nil)
        #expect(upkeep.claim(2, at: Self.after(1)) == 2 && !upkeep.value.isGivenUp)
    }

    /// The hub died between Zid's answer and its being stored, or the answer was lost.
    @Test func anAnswerThatMayBeLostIsTold() {
        let dead = Self.held()
        #expect(dead.claim(1, at: Self.after(120)) == 2 && dead.value.isUnsure)
        _ = dead.end(.never(.grantRefused), ticket: 2, at: Self.after(121))
        #expect(dead.value.problem == .answerLost && dead.value.isGivenUp)

        let lost = Self.held()
        _ = lost.end(
            .later(.unreachable, retryAfter: nil, mayHaveHappened: true), ticket: 1, at: Self.start)
        #expect(lost.claim(1, at: Self.after(60)) == 2)
        _ = lost.end(.never(.clientRefused), ticket: 2, at: Self.after(61))
        #expect(lost.value.problem == .clientRefused, "only a refresh token is used up")
        #expect(lost.claim(2, at: Self.after(62)) == 3 && !lost.value.isUnsure)
    }

    @Test func whoComesBackLateDecidesNothing() {
        let upkeep = Self.held()
        #expect(upkeep.claim(1, at: Self.after(200)) == 2)
        let before = upkeep.value
        #expect(!upkeep.end(.never(.grantRefused), ticket: 1, at: Self.after(201)) && upkeep.value == before)
        #expect(upkeep.end(.dropped, ticket: 2, at: Self.after(202)))
        #expect(!upkeep.end(.dropped, ticket: 2, at: Self.after(203)), "once")
    }

    @Test func webhooksAreLookedAtWhenSomethingElseIsStoredAndByTheClock() {
        let upkeep = Self.held(.webhooks)
        _ = upkeep.end(.done(version: 1, mark: "a"), ticket: 1, at: Self.start)
        let now = Self.after(5)
        #expect(upkeep.value.webhooksDue(1, "a", Self.rules, at: now) == Self.after(86_400))
        #expect(upkeep.value.webhooksDue(2, "a", Self.rules, at: now) == now)
        #expect(upkeep.value.webhooksDue(1, "b", Self.rules, at: now) == now)
        #expect(ZidUpkeep(.webhooks).webhooksDue(1, "a", Self.rules, at: now) == now)
    }

    // MARK: The table

    /// Every state with every end: what stands afterwards.
    @Test(arguments: [
        (ZidUpkeep.End.done(version: 3, mark: nil), nil as ZidUpkeepProblem?, false, 0 as Int64),
        (.later(.limited, retryAfter: nil, mayHaveHappened: false), .limited, false, 1),
        (.later(.unclear, retryAfter: nil, mayHaveHappened: true), .unclear, false, 1),
        (.never(.clientRefused), .clientRefused, true, 0),
        (.never(.grantRefused), .grantRefused, true, 0),
        (.dropped, nil, false, 0),
    ])
    func everyEnd(_ end: ZidUpkeep.End, _ problem: ZidUpkeepProblem?, _ isGivenUp: Bool, _ attempts: Int64) {
        let upkeep = Self.held()
        #expect(upkeep.end(end, ticket: 1, at: Self.after(1)))
        #expect(upkeep.value.heldUntil == nil && upkeep.value.problem == problem && upkeep.value.isGivenUp == isGivenUp)
        #expect(upkeep.value.attempts == attempts)
        let idle = Row(.keys)
        #expect(!idle.end(end, ticket: 0, at: Self.start) && idle.value == ZidUpkeep(.keys), "nobody has it")
    }

    // MARK: What always holds

    @Test(arguments: 0..<20 as Range<UInt64>)
    func oneHubHasItAtATime(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var upkeep = ZidUpkeep(.keys)
        var moment = Self.start
        var version: Int64 = 1
        // Who believes to have it, and until when the others must leave it alone.
        var holders: [Int64: Timestamp] = [:]
        var lastTicket: Int64 = 0
        for _ in 0..<400 {
            moment = moment + .seconds(Int64.random(in: 0...40, using: &random))
            if random.chance(in: 10) { version += 1 }
            let old = upkeep
            if random.chance(in: 2) {
                let read = max(1, version - (random.chance(in: 5) ? 1 : 0))
                if let ticket = upkeep.claim(read, due: Self.start, at: moment, Self.rules) {
                    #expect(holders.values.allSatisfy { $0 <= moment }, "nobody else may be at it")
                    #expect(ticket > lastTicket && read >= old.version)
                    lastTicket = ticket
                    holders[ticket] = moment + Self.rules.lease
                }
            } else if let ticket = holders.keys.randomElement(using: &random) {
                let ends: [ZidUpkeep.End] = [
                    .done(version: version + 1, mark: nil), .never(.grantRefused), .dropped,
                    .later(.unreachable, retryAfter: nil, mayHaveHappened: true),
                ]
                let end = random.pick(ends)
                let isTaken = upkeep.end(end, ticket: ticket, at: moment, Self.rules)
                #expect(isTaken == (ticket == lastTicket))
                if isTaken, case .done = end { version += 1 }
                holders[ticket] = nil
            }
            #expect(upkeep.version >= old.version && upkeep.ticket >= old.ticket)
            #expect(upkeep.attempts == 0 || upkeep.problem != nil)
            #expect(!upkeep.isGivenUp || upkeep.problem != nil)
        }
    }
}
