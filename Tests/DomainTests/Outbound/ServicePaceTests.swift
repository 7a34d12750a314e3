import Testing

@testable import Domain

@Suite struct ServicePaceTests {
    @Test func aBurstIsFollowedByOneTurnASecond() {
        var (pace, now) = (
            ServicePace(perMinute: 60, burst: 4, at: Timestamp(milliseconds: 0)), Timestamp(milliseconds: 0)
        )
        for _ in 0..<4 { #expect(pace.take(.soon, at: now) == nil) }
        let wait = pace.take(.soon, at: now)
        #expect(wait == .seconds(1))
        now = now + .seconds(1)
        #expect(pace.take(.soon, at: now) == nil && pace.take(.soon, at: now) == .seconds(1))
    }

    @Test func whatCanWaitLeavesHalfToWhatIsUrgent() {
        let now = Timestamp(milliseconds: 0)
        var pace = ServicePace(perMinute: 60, burst: 4, at: now)
        #expect((0..<3).map { _ in pace.take(.whenever, at: now) == nil } == [true, true, true])
        #expect(pace.take(.whenever, at: now) != nil && pace.take(.soon, at: now) == nil)
    }

    @Test func itRestsAsLongAsTheServiceAsks() {
        let now = Timestamp(milliseconds: 0)
        var pace = ServicePace(perMinute: 60, burst: 4, at: now)
        pace.slowDown(.seconds(7), at: now)
        #expect(pace.take(.soon, at: now) == .seconds(7))
        pace.slowDown(.seconds(2), at: now)
        #expect(pace.take(.soon, at: now + .seconds(6)) == .seconds(1))
        #expect(pace.take(.soon, at: now + .seconds(7)) == nil)
        // Nobody rests for a day because a header says so.
        pace.slowDown(.seconds(86_400), at: now)
        #expect(pace.take(.soon, at: now + .seconds(300)) == nil)
    }
}
