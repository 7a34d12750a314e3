import NIOCore
import Testing

@testable import Transport

@Suite struct RequestClockTests {
    private let start = NIODeadline.uptimeNanoseconds(1)

    private func clock() -> RequestClock {
        RequestClock(firstHeadUntil: start + .seconds(7), headTimeout: .seconds(10), bodyTimeout: .seconds(300))
    }

    @Test func theFirstHeadHasWhatIsLeft() {
        var clock = clock()
        #expect(clock.deadline == start + .seconds(7))
        clock.readBytes(at: start + .seconds(6))
        #expect(clock.deadline == start + .seconds(7), "a drip buys no time")
    }

    @Test func aBodyHasItsOwnTime() {
        var clock = clock()
        clock.readHead(at: start)
        clock.readBytes(at: start + .seconds(100))
        #expect(clock.deadline == start + .seconds(300))
        clock.readEnd()
        #expect(clock.deadline == nil, "an answer may take its time")
        clock.answered()
        #expect(clock.state == .between && clock.deadline == nil)
    }

    @Test func theNextHeadIsTimedFromItsFirstByte() {
        var clock = clock()
        clock.readHead(at: start)
        clock.readEnd()
        clock.readBytes(at: start)
        clock.answered()
        clock.readBytes(at: start + .seconds(60))
        clock.readBytes(at: start + .seconds(65))
        #expect(clock.deadline == start + .seconds(70))
    }

    @Test func anEarlyAnswerDoesNotEndTheBody() {
        var clock = clock()
        clock.readHead(at: start)
        clock.answered()
        #expect(clock.deadline == start + .seconds(300))
        clock.readEnd()
        #expect(clock.state == .between)
    }
}
