import Domain
import HubTestKit
import Testing

@Suite struct TimestampRFC3339Tests {
    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (1, "1970-01-01T00:00:00.001Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (951_868_799_999, "2000-02-29T23:59:59.999Z"),
        (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (1_795_248_000_000, "2026-11-21T08:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        (-2_203_891_200_001, "1900-02-28T23:59:59.999Z"),
        (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
    ])
    func writesAndReads(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
        #expect(Timestamp(rfc3339: text) == Timestamp(milliseconds: milliseconds))
    }

    @Test(arguments: [
        ("2026-11-21T08:00:00Z", "2026-11-21T08:00:00.000Z"),
        ("2026-11-21t08:00:00z", "2026-11-21T08:00:00.000Z"),
        ("2026-11-21T11:00:00+03:00", "2026-11-21T08:00:00.000Z"),
        ("2026-11-20T23:30:00-08:30", "2026-11-21T08:00:00.000Z"),
        ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.000Z"),
        ("2024-02-29T23:59:60Z", "2024-03-01T00:00:00.000Z"),
        ("2026-11-21T08:00:00-00:00", "2026-11-21T08:00:00.000Z"),
        ("2026-11-21T08:00:00.5Z", "2026-11-21T08:00:00.500Z"),
        ("2026-11-21T08:00:00.05Z", "2026-11-21T08:00:00.050Z"),
        ("2026-11-21T08:00:00.1239999999999999999999999Z", "2026-11-21T08:00:00.123Z"),
        ("2026-11-21T08:00:00.000+23:59", "2026-11-20T08:01:00.000Z"),
    ])
    func readsEveryFormOfAMoment(text: String, canonical: String) {
        #expect(Timestamp(rfc3339: text)?.rfc3339 == canonical)
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T08:00:00", "2026-11-21 08:00:00Z", "2026-11-21T08:00Z", "2026-11-21T08:00:00.Z",
        "2026-11-21T08:00:00,5Z", "2026-11-21T08:00:00ZZ", "2026-11-21T08:00:00Z ", " 2026-11-21T08:00:00Z",
        "2026-13-21T08:00:00Z", "2026-00-21T08:00:00Z", "2026-11-31T08:00:00Z", "2026-11-00T08:00:00Z",
        "2026-02-29T08:00:00Z", "1900-02-29T08:00:00Z", "2100-02-29T08:00:00Z", "2026-11-21T24:00:00Z",
        "2026-11-21T08:60:00Z", "2026-11-21T08:00:61Z", "2026-11-21T08:00:00+3:00", "2026-11-21T08:00:00+0300",
        "2026-11-21T08:00:00+24:00", "2026-11-21T08:00:00+03:60", "2026-11-21T08:00:00+03:0", "2026/11/21T08:00:00Z",
        "2026-11-21T08-00-00Z", "+026-11-21T08:00:00Z", "-026-11-21T08:00:00Z", "12026-11-21T08:00:00Z",
        "٢٠٢٦-11-21T08:00:00Z", "2026-11-21T08:00:00.٥Z", "2026-11-21T08:00:00.000", "aaaa-aa-aaTaa:aa:aaZ",
    ])
    func refuses(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    /// Counts the days one by one, as a calendar on the wall does.
    @Test func everyDayOfTwoCenturiesHasItsDate() {
        var (year, month, day) = (1890, 1, 1)
        var moment = Timestamp(milliseconds: -29_219 * 86_400_000)
        while year < 2110 {
            let date = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
            guard moment.rfc3339 == "\(date)T00:00:00.000Z", Timestamp(rfc3339: moment.rfc3339) == moment else {
                Issue.record("\(date) is written as \(moment.rfc3339)")
                return
            }
            let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            day += 1
            if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
            moment = moment + .seconds(86_400)
        }
        #expect(moment.rfc3339 == "2110-01-01T00:00:00.000Z")
    }

    @Test func anyMomentOfTenThousandYearsSurvivesTheRoundTrip() {
        var random = SeededRandom(seed: 1)
        var last = (moment: Int64.min, text: "")
        let moments = (0..<5000).map { _ in
            Int64.random(in: -62_167_219_200_000...253_402_300_799_999, using: &random)
        }
        for milliseconds in moments.sorted() {
            let text = Timestamp(milliseconds: milliseconds).rfc3339
            #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
            // Equal widths make the texts sort as the moments do.
            #expect(text.utf8.count == 24 && (text > last.text || milliseconds == last.moment))
            last = (milliseconds, text)
        }
    }

    @Test func momentsOutsideTheCalendarDoNotCrash() {
        #expect(Timestamp(milliseconds: 253_402_300_800_000).rfc3339 == "10000-01-01T00:00:00.000Z")
        #expect(Timestamp(milliseconds: .max).rfc3339.hasSuffix("Z"))
        #expect(Timestamp(milliseconds: .min).rfc3339.hasSuffix("Z"))
    }
}
