import NIOCore
import Testing

@testable import Transport

@Suite struct LogThrottleTests {
    @Test func oneLineInAWhileCountsTheRest() {
        var throttle = LogThrottle(pause: .seconds(10))
        let start = NIODeadline.uptimeNanoseconds(1)
        #expect(throttle.happened(at: start) == 1)
        #expect(throttle.happened(at: start + .seconds(1)) == nil)
        #expect(throttle.happened(at: start + .milliseconds(9_999)) == nil)
        #expect(throttle.happened(at: start + .seconds(10)) == 3)
        #expect(throttle.happened(at: start + .seconds(30)) == 1)
    }
}
