import Testing

@testable import Domain

@Suite struct UsagePeriodsTests {
    private static func at(_ moment: String, _ zone: TimeZoneTable = .riyadh) throws -> UsagePeriods {
        UsagePeriods(at: try #require(Timestamp(rfc3339: moment)), in: zone)
    }

    @Test func daysAndMonthsAreThoseOfTheShop() throws {
        let before = try Self.at("2026-11-30T20:59:59.999Z")
        #expect(before.day == "2026-11-30" && before.month == "2026-11")
        let after = try Self.at("2026-11-30T21:00:00Z")
        #expect(after.day == "2026-12-01" && after.month == "2026-12")
        #expect(before.dayEnd == before.monthEnd && before.dayEnd == Timestamp(rfc3339: "2026-11-30T21:00:00Z"))
        #expect(after.monthEnd == Timestamp(rfc3339: "2026-12-31T21:00:00Z"))
        #expect(after.hour == before.hour + 1 && before.hourEnd == Timestamp(rfc3339: "2026-11-30T21:00:00Z"))
    }

    @Test func leapDaysAndYearsEnd() throws {
        let leap = try Self.at("2028-02-28T23:00:00Z", .utc)
        #expect(leap.dayEnd == Timestamp(rfc3339: "2028-02-29T00:00:00Z"))
        #expect(leap.monthEnd == Timestamp(rfc3339: "2028-03-01T00:00:00Z"))
        #expect(try Self.at("2026-12-31T12:00:00Z", .utc).monthEnd == Timestamp(rfc3339: "2027-01-01T00:00:00Z"))
    }

    @Test func aDayOfTwentyThreeHoursEndsAtItsMidnight() throws {
        let spring = try #require(Timestamp(rfc3339: "2026-03-29T01:00:00Z"))
        let zone = TimeZoneTable(
            identifier: "Europe/Berlin", offset: .seconds(3600),
            shifts: [.init(at: spring, to: .seconds(7200))])
        let day = try Self.at("2026-03-29T12:00:00Z", zone)
        #expect(day.day == "2026-03-29" && day.dayEnd == Timestamp(rfc3339: "2026-03-29T22:00:00Z"))
    }

    @Test func beforeTimeBeganHoursStillRise() {
        let periods = UsagePeriods(at: Timestamp(milliseconds: -1), in: .utc)
        #expect(periods.hour == -1 && periods.hourEnd == Timestamp(milliseconds: 0) && periods.day == "1969-12-31")
    }
}
