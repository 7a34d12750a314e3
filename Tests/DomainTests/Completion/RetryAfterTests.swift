import Testing

@testable import Domain

@Suite struct RetryAfterTests {
    private let now = Timestamp(rfc3339: "1994-11-06T08:49:00Z") ?? Timestamp(milliseconds: 0)

    @Test(
        arguments: [
            (nil, "7", Duration.seconds(7)), (nil, "0.25", .milliseconds(250)), (nil, "-3", .zero),
            (nil, "1e300", .seconds(86_400)),
            ("1500", "7", .milliseconds(1500)), ("soon", "7", .seconds(7)),
            (nil, "Sun, 06 Nov 1994 08:49:37 GMT", .seconds(37)), (nil, "Sun, 06 Nov 1994 08:00:00 GMT", .zero),
            (nil, "Sun, 06 Nov 2094 08:49:37 GMT", .seconds(86_400)),
        ] as [(String?, String, Duration)])
    func itIsUnderstood(_ milliseconds: String?, _ value: String, _ pause: Duration) {
        #expect(RetryAfter.pause(milliseconds: milliseconds, value, at: now) == pause)
    }

    @Test(arguments: [
        "", "soon", "nan", "Sun, 06 Now 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 99 Nov 1994 08:49:37 GMT",
    ])
    func nonsenseSaysNothing(_ value: String) {
        #expect(RetryAfter.pause(value, at: now) == nil)
    }

    @Test func withoutAHeaderNothingIsAsked() {
        #expect(RetryAfter.pause(nil, at: now) == nil)
    }
}
