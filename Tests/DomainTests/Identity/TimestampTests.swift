import Domain
import Testing

@Suite struct TimestampTests {
    @Test func arithmeticIsInMilliseconds() {
        let moment = Timestamp(milliseconds: 1000)
        #expect(moment + .seconds(2) == Timestamp(milliseconds: 3000))
        #expect(moment - .milliseconds(1500) == Timestamp(milliseconds: -500))
        #expect(moment - Timestamp(milliseconds: 3500) == .milliseconds(-2500))
        #expect(moment < moment + .milliseconds(1))
        #expect(moment + .microseconds(999) == moment)
    }

    @Test(arguments: [
        (Duration.zero, Int64(0)), (.seconds(2), 2000), (.milliseconds(-7), -7), (.microseconds(1999), 1),
        (.microseconds(-1999), -1), (.seconds(-1) + .milliseconds(1), -999), (.nanoseconds(999_999), 0),
    ])
    func durationsAreCutTowardsZero(duration: Duration, milliseconds: Int64) {
        #expect(duration.milliseconds == milliseconds)
    }
}
