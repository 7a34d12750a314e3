import Domain
import Testing

@Suite struct TeamHoursTests {
    private func hours(_ members: [String: JSONValue]) throws -> TeamHours {
        try TeamHours(json: .object(members), at: "/hours") { $0 == "Asia/Riyadh" }
    }

    @Test func aTeamMayWorkPastMidnight() throws {
        let night = try hours(["time_zone": "Asia/Riyadh", "week": Hours.week("21:00-02:00")])
        let business = night.hours(.riyadh)
        // 2026-11-21 22:00 and, of the same span, 2026-11-22 01:59 in Riyadh.
        let evening = Timestamp(milliseconds: 1_795_287_600_000)
        #expect(business.isOpen(at: evening) && business.isOpen(at: evening + .seconds(14_340)))
        #expect(!business.isOpen(at: evening + .seconds(14_400)))
        #expect(TeamHours(stored: night.json) == night)
    }

    @Test func everythingThatIsWrongIsNamed() throws {
        let bad: [String: JSONValue] = [
            "time_zone": "Mars/Base", "week": ["sunday": []], "holidays": [["date": "2026-02-30"]],
        ]
        let error = #expect(throws: HubError.self) { try hours(bad) }
        let pointers = Set(error?.fields.map(\.field) ?? [])
        #expect(pointers.isSuperset(of: ["/hours/time_zone", "/hours/week/monday", "/hours/holidays/0"]))
    }
}
