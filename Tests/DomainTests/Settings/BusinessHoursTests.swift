import Domain
import HubTestKit
import Testing

@Suite struct BusinessHoursTests {
    private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    /// Noon to midnight and beyond, as shops in Ramadan; Friday from the afternoon on.
    private func ramadan(_ holidays: [JSONValue] = []) throws -> BusinessHours {
        try Hours.make(Hours.week("12:00-15:30 21:00-02:00", [.friday: "16:00-24:00"]), holidays: holidays)
    }

    private func holiday(_ date: String, yearly: Bool? = nil, spans: String? = nil) -> JSONValue {
        var members: [String: JSONValue] = ["date": .string(date), "name_ar": "إجازة"]
        members["yearly"] = yearly.map(JSONValue.bool)
        members["spans"] = spans.map(Hours.list)
        return .object(members)
    }

    // 2026-11-19 is a Thursday; Riyadh is three hours ahead of UTC.
    @Test(arguments: [
        ("2026-11-19T08:59:59.999Z", false), ("2026-11-19T09:00:00Z", true), ("2026-11-19T12:29:59.999Z", true),
        ("2026-11-19T12:30:00Z", false), ("2026-11-19T17:59:59Z", false), ("2026-11-19T18:00:00Z", true),
        ("2026-11-19T21:00:00Z", true), ("2026-11-19T22:59:59.999Z", true), ("2026-11-19T23:00:00Z", false),
        ("2026-11-20T12:59:59Z", false), ("2026-11-20T13:00:00Z", true), ("2026-11-20T20:59:59Z", true),
        ("2026-11-20T21:00:00Z", false),
    ])
    func spansOfADayAndOverMidnight(_ text: String, _ isOpen: Bool) throws {
        #expect(try ramadan().isOpen(at: moment(text)) == isOpen)
    }

    @Test(arguments: [
        ("2026-11-19T08:00:00Z", "2026-11-19T09:00:00Z", nil as String?),
        ("2026-11-19T09:00:00Z", "2026-11-19T09:00:00Z", "2026-11-19T12:30:00Z"),
        ("2026-11-19T20:00:00Z", "2026-11-19T20:00:00Z", "2026-11-19T23:00:00Z"),
        ("2026-11-19T23:00:00Z", "2026-11-20T13:00:00Z", nil),
    ])
    func nextOpeningAndClosing(_ text: String, _ opening: String, _ closing: String?) throws {
        #expect(try ramadan().nextOpening(from: moment(text)) == moment(opening))
        #expect(try ramadan().nextClosing(from: moment(text)) == closing.map(moment))
    }

    @Test func neverOpenAndNeverClosed() throws {
        let never = try Hours.make(Hours.week(""))
        let start = Samples.start
        #expect(!never.isOpen(at: start))
        #expect(never.nextOpening(from: start) == nil)
        #expect(never.time(from: start, to: start + .seconds(86_400 * 30)) == .zero)
        #expect(never.moment(after: .seconds(1), from: start) == nil)
        #expect(never.moment(after: .zero, from: start) == start)

        let always = try Hours.always()
        #expect(always.isOpen(at: start))
        #expect(always.nextClosing(from: start) == nil)
        #expect(always.time(from: start, to: start + .seconds(86_400 * 30)) == .seconds(86_400 * 30))
        #expect(always.moment(after: .seconds(86_400 * 30), from: start) == start + .seconds(86_400 * 30))
    }

    @Test func oneDayOfTheYearIsFound() throws {
        let hours = try Hours.make(Hours.week(""), holidays: [holiday("2028-02-29", spans: "10:00-12:00")])
        #expect(try hours.nextOpening(from: moment("2026-11-21T00:00:00Z")) == moment("2028-02-29T07:00:00Z"))
    }

    @Test func holidaysCloseWhatBeginsOnThem() throws {
        let closed = try ramadan([holiday("2026-11-19")])
        // Wednesday's night goes on to its end, Thursday's does not begin.
        #expect(try closed.isOpen(at: moment("2026-11-18T22:59:59Z")))
        #expect(try !closed.isOpen(at: moment("2026-11-19T09:00:00Z")))
        #expect(try !closed.isOpen(at: moment("2026-11-19T22:00:00Z")))
        #expect(try closed.nextOpening(from: moment("2026-11-18T23:00:00Z")) == moment("2026-11-20T13:00:00Z"))
        #expect(try ramadan([holiday("2027-11-19")]).isOpen(at: moment("2026-11-19T09:00:00Z")))
    }

    @Test func yearlyHolidaysAndHolidaysWithHours() throws {
        let hours = try ramadan([
            holiday("2020-09-23", yearly: true), holiday("2026-09-23", spans: "18:00-22:00"),
            holiday("2026-11-19", spans: "10:00-11:00"),
        ])
        #expect(try hours.isOpen(at: moment("2026-11-19T07:30:00Z")))
        #expect(try !hours.isOpen(at: moment("2026-11-19T09:30:00Z")))
        // The date of one year wins over the day of every year.
        #expect(try hours.isOpen(at: moment("2026-09-23T15:30:00Z")))
        #expect(try !hours.isOpen(at: moment("2027-09-23T15:30:00Z")))
        #expect(try !hours.isOpen(at: moment("2027-09-23T10:00:00Z")))
        #expect(try hours.isOpen(at: moment("2027-09-24T13:30:00Z")))
    }

    @Test func lateHolidayHoursAndTheNextMorningAreCountedOnce() throws {
        let hours = try Hours.make(Hours.week("01:00-12:00"), holidays: [holiday("2026-11-19", spans: "20:00-04:00")])
        let evening = try moment("2026-11-19T17:00:00Z")
        #expect(try hours.nextClosing(from: evening) == moment("2026-11-20T09:00:00Z"))
        #expect(try hours.time(from: evening, to: moment("2026-11-20T12:00:00Z")) == .seconds(16 * 3600))
    }

    @Test(arguments: [
        // A night of eight hours by the clock has seven in spring, and nine in autumn.
        ("2026-03-28T20:00:00Z", "2026-03-29T10:00:00Z", 7), ("2026-10-24T20:00:00Z", "2026-10-25T10:00:00Z", 9),
        ("2026-06-01T20:00:00Z", "2026-06-02T10:00:00Z", 8),
    ])
    func businessTimeAcrossShiftsOfTheClock(_ from: String, _ to: String, _ hours: Int) throws {
        let nights = try Hours.make(Hours.week("22:00-06:00"), zone: Hours.berlin)
        #expect(try nights.time(from: moment(from), to: moment(to)) == .seconds(hours * 3600))
    }

    @Test func settingsThatAreWrongGiveNoHours() {
        #expect(BusinessHours(zone: .riyadh, week: .object([:]), holidays: .array([])) == nil)
        #expect(BusinessHours(zone: .riyadh, week: OpeningWeek.standard, holidays: .array([.null])) == nil)
        #expect(BusinessHours(zone: .riyadh, week: OpeningWeek.standard, holidays: .array([])) != nil)
    }

    /// Business time is what adds up when one asks at every quarter of an hour whether it is open.
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func timeAgreesWithAskingAtEveryMoment(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let spans = [
            "", "09:00-17:00", "08:00-12:00 13:00-17:15", "22:00-02:30", "03:00-24:00", "02:30-02:45 02:45-08:00",
        ]
        let days = Dictionary(uniqueKeysWithValues: OpeningWeek.Day.allCases.map { ($0, random.pick(spans)) })
        let hours = try Hours.make(
            Hours.week("", days),
            holidays: [holiday("2026-03-28", spans: random.pick(spans)), holiday("2026-10-24")],
            zone: random.pick([Hours.berlin, .riyadh])
        )
        let quarter = Duration.seconds(900)
        for start in ["2026-03-27T00:00:00Z", "2026-10-23T00:00:00Z"] {
            let start = try moment(start)
            var counted = Duration.zero
            for step in 0..<480 {
                let now = start + quarter * step
                #expect(hours.time(from: start, to: now) == counted)
                if counted > .zero {
                    let reached = try #require(hours.moment(after: counted, from: start))
                    #expect(reached <= now && hours.time(from: start, to: reached) == counted)
                }
                let isOpen = hours.isOpen(at: now)
                if isOpen { counted += quarter }
                let opening = hours.nextOpening(from: now)
                #expect(isOpen == (opening == now))
                if let opening { #expect(opening >= now && hours.isOpen(at: opening)) }
                if let closing = hours.nextClosing(from: now) { #expect(isOpen && !hours.isOpen(at: closing)) }
            }
        }
    }
}
