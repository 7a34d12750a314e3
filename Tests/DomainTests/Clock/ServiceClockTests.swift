import Domain
import HubTestKit
import Testing

@Suite struct ServiceClockTests {
    private static let start = Samples.start

    private static func at(_ seconds: Int) -> Timestamp { start + .seconds(seconds) }

    private func clock() -> ServiceClock { ServiceClock(.firstResponse, target: .seconds(100)) }

    @Test func warnsAndBreachesOnce() throws {
        let hours = try Hours.always()
        var clock = clock()
        #expect(clock.nextDeadline(hours) == nil)
        clock.start(at: Self.start)
        #expect(clock.nextDeadline(hours) == Self.at(80))
        #expect(clock.settle(at: Self.at(79), hours) == [])
        #expect(clock.settle(at: Self.at(80), hours) == [.warned(.firstResponse, at: Self.at(80))])
        #expect(clock.nextDeadline(hours) == Self.at(100))
        #expect(clock.settle(at: Self.at(99), hours) == [])
        #expect(clock.settle(at: Self.at(130), hours) == [.breached(.firstResponse, at: Self.at(100))])
        #expect(clock.nextDeadline(hours) == nil)
        #expect(clock.settle(at: Self.at(900), hours) == [])
        #expect(clock.end(at: Self.at(901), hours) == [])
        #expect(clock.state == .ended && clock.breachedAt == Self.at(100))
    }

    @Test func aLateTimerTellsBothWithTheirOwnMoments() throws {
        let hours = try Hours.always()
        var clock = clock()
        clock.start(at: Self.start)
        #expect(
            clock.end(at: Self.at(500), hours)
                == [.warned(.firstResponse, at: Self.at(80)), .breached(.firstResponse, at: Self.at(100))])
    }

    @Test func standsStillWhilePaused() throws {
        let hours = try Hours.always()
        var clock = clock()
        clock.start(at: Self.start)
        #expect(clock.pause(at: Self.at(60), hours) == [])
        #expect(clock.spent == .seconds(60) && clock.nextDeadline(hours) == nil)
        #expect(clock.settle(at: Self.at(1000), hours) == [])
        clock.resume(at: Self.at(1000))
        #expect(clock.nextDeadline(hours) == Self.at(1020))
        // Twice is once.
        clock.resume(at: Self.at(1010))
        #expect(clock.nextDeadline(hours) == Self.at(1020))
        #expect(clock.end(at: Self.at(1030), hours) == [.warned(.firstResponse, at: Self.at(1020))])
        #expect(clock.breachedAt == nil)
    }

    @Test func startsAgainFromZero() throws {
        let hours = try Hours.always()
        var clock = clock()
        clock.start(at: Self.start)
        clock.start(at: Self.at(50))
        #expect(clock.nextDeadline(hours) == Self.at(80))
        #expect(clock.end(at: Self.at(200), hours).count == 2)
        clock.start(at: Self.at(300))
        #expect(clock.nextDeadline(hours) == Self.at(380))
        #expect(clock.warnedAt == nil && clock.breachedAt == nil && clock.spent == .zero)
    }

    @Test func runsOnlyInBusinessHours() throws {
        // Open from 09:00 to 10:00 in Riyadh; the night between counts nothing.
        let hours = try Hours.make(Hours.week("09:00-10:00"))
        let evening = try #require(Timestamp(rfc3339: "2026-11-21T18:00:00Z"))
        var clock = ServiceClock(.resolution, target: .seconds(2 * 3600))
        clock.start(at: evening)
        #expect(clock.nextDeadline(hours) == Timestamp(rfc3339: "2026-11-23T06:36:00Z"))
        #expect(
            clock.settle(at: evening + .seconds(7 * 86_400), hours) == [
                .warned(.resolution, at: try #require(Timestamp(rfc3339: "2026-11-23T06:36:00Z"))),
                .breached(.resolution, at: try #require(Timestamp(rfc3339: "2026-11-23T07:00:00Z"))),
            ])
    }

    @Test func withoutHoursNothingIsEverDue() throws {
        let hours = try Hours.make(Hours.week(""))
        var clock = clock()
        clock.start(at: Self.start)
        #expect(clock.nextDeadline(hours) == nil)
        #expect(clock.settle(at: Self.at(86_400 * 400), hours) == [])
    }

    /// However often and however late the timer asks, the same is told.
    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func whatIsToldDoesNotDependOnTheTimer(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let hours = try Hours.make(
            Hours.week(random.pick(["09:00-17:00", "20:00-02:00", "09:00-12:00 13:00-18:00"])), zone: Hours.berlin)
        let target = Duration.seconds(Int.random(in: 1...30, using: &random) * 1800)
        var (eager, lazy) = (ServiceClock(.resolution, target: target), ServiceClock(.resolution, target: target))
        var (now, eagerTold, lazyTold) = (Self.start, [] as [ServiceClock.Effect], [] as [ServiceClock.Effect])
        for _ in 0..<60 {
            let next = now + .seconds(Int.random(in: 0...20_000, using: &random))
            while let due = eager.nextDeadline(hours), due <= next {
                let told = eager.settle(at: due, hours)
                #expect(told.count == 1, "a deadline is there to tell something")
                eagerTold += told
            }
            now = next
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1:
                eager.start(at: now)
                lazy.start(at: now)
            case 2:
                eagerTold += eager.pause(at: now, hours)
                lazyTold += lazy.pause(at: now, hours)
            case 3:
                eager.resume(at: now)
                lazy.resume(at: now)
            default:
                guard random.chance(in: 5) else { continue }
                eagerTold += eager.end(at: now, hours)
                lazyTold += lazy.end(at: now, hours)
            }
            #expect(eager.spent == lazy.spent && eager.state == lazy.state)
        }
        eagerTold += eager.end(at: now, hours)
        lazyTold += lazy.end(at: now, hours)
        #expect(eager == lazy)
        #expect(eagerTold == lazyTold)
    }
}
