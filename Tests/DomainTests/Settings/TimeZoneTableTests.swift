import Domain
import HubTestKit
import Testing

@Suite struct TimeZoneTableTests {
    private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

    @Test func riyadhIsThreeHoursAheadAllYear() throws {
        for text in ["2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z", "1969-12-31T21:00:00Z"] {
            #expect(try TimeZoneTable.riyadh.offset(at: moment(text)) == .seconds(10_800))
        }
        #expect(try TimeZoneTable.riyadh.day(at: moment("2026-11-20T20:59:59.999Z")) == day("2026-11-20"))
        #expect(try TimeZoneTable.riyadh.day(at: moment("2026-11-20T21:00:00Z")) == day("2026-11-21"))
        #expect(try TimeZoneTable.riyadh.day(at: moment("1969-12-31T20:59:59Z")) == day("1969-12-31"))
        #expect(
            try TimeZoneTable.riyadh.moment(of: day("2026-11-21"), minute: 540) == moment("2026-11-21T06:00:00Z"))
    }

    @Test(arguments: [
        ("1970-01-01", OpeningWeek.Day.thursday, 101), ("1969-12-31", .wednesday, 1231),
        ("2026-11-21", .saturday, 1121),
        ("2028-02-29", .tuesday, 229), ("1900-03-01", .thursday, 301),
    ])
    func datesHaveADayOfTheWeek(_ text: String, _ weekday: OpeningWeek.Day, _ yearly: Int) throws {
        #expect(try day(text).weekday == weekday)
        #expect(try day(text).yearlyNumber == yearly)
    }

    @Test(arguments: ["2026-02-30", "2026-2-03", "2026-11-21T", "", "20261121"])
    func onlyDatesThatExistAreDates(_ text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test(arguments: [
        // Clocks go from 02:00 to 03:00: what is skipped is the moment of the skip.
        ("2026-03-29", 119, "2026-03-29T00:59:00Z"), ("2026-03-29", 120, "2026-03-29T01:00:00Z"),
        ("2026-03-29", 150, "2026-03-29T01:00:00Z"), ("2026-03-29", 180, "2026-03-29T01:00:00Z"),
        ("2026-03-29", 181, "2026-03-29T01:01:00Z"),
        // Clocks go from 03:00 to 02:00: the first of two.
        ("2026-10-25", 119, "2026-10-24T23:59:00Z"), ("2026-10-25", 120, "2026-10-25T00:00:00Z"),
        ("2026-10-25", 179, "2026-10-25T00:59:00Z"), ("2026-10-25", 180, "2026-10-25T02:00:00Z"),
        ("2026-10-24", 1440 + 150, "2026-10-25T00:30:00Z"),
    ])
    func shiftsOfTheClock(_ date: String, _ minute: Int, _ expected: String) throws {
        #expect(try Hours.berlin.moment(of: day(date), minute: minute) == moment(expected))
    }

    @Test func laterTimesNeverGiveEarlierMoments() throws {
        for first in ["2026-03-28", "2026-10-24", "2026-06-01"] {
            var last = Timestamp(milliseconds: 0)
            for minute in 0..<4320 {
                let moment = try Hours.berlin.moment(of: day(first), minute: minute)
                #expect(moment >= last)
                last = moment
            }
        }
    }

    @Test func momentsAndDaysAgree() throws {
        var random = SeededRandom(seed: 7)
        for zone in [Hours.berlin, .riyadh, .utc] {
            for _ in 0..<2000 {
                let date = CalendarDay(number: Int.random(in: 20_454..<21_000, using: &random))
                let minute = Int.random(in: 0..<1440, using: &random)
                let moment = zone.moment(of: date, minute: minute)
                #expect(zone.day(at: moment) == date)
                #expect(moment >= zone.moment(of: date, minute: 0) && moment < zone.moment(of: date.next, minute: 0))
            }
        }
    }
}
