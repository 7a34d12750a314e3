import Testing

@testable import Domain

@Suite struct QuietHoursTests {
    private func at(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    @Test func theyReachOverMidnight() throws {
        let night = try #require(QuietHours("23:00-07:30"))
        for (moment, isQuiet) in [
            ("2026-11-21T19:59:59Z", false), ("2026-11-21T20:00:00Z", true), ("2026-11-21T21:30:00Z", true),
            ("2026-11-22T04:29:59Z", true), ("2026-11-22T04:30:00Z", false), ("2026-11-22T12:00:00Z", false),
        ] {
            #expect(night.contains(try at(moment), in: .riyadh) == isQuiet, "\(moment)")
        }
    }

    @Test func theyLieWithinADay() throws {
        let noon = try #require(QuietHours("12:00-13:00"))
        #expect(noon.contains(try at("2026-11-21T12:00:00Z"), in: .utc))
        #expect(!noon.contains(try at("2026-11-21T13:00:00Z"), in: .utc))
        #expect(!noon.contains(try at("2026-11-21T12:30:00Z"), in: .riyadh))
    }

    @Test(arguments: ["", "23:00", "23:00-", "24:00-07:00", "07:60-08:00", "7:00-08:00", "07:00-07:00", "+1:00-02:00"])
    func whatIsNoneIsRefused(_ text: String) {
        #expect(QuietHours(text) == nil)
    }
}
