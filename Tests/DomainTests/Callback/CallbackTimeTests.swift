import HubTestKit
import Testing

@testable import Domain

@Suite struct CallbackTimeTests {
    /// Thursday 2026-11-19 16:00 in Riyadh; offices work Sunday to Thursday, 9 to 17.
    private static let now = Timestamp(rfc3339: "2026-11-19T13:00:00Z") ?? Samples.start
    private static let times = CallbackTime(
        BusinessHours(zone: .riyadh, week: OpeningWeek.officeHours), now: now)

    @Test(arguments: [
        ("2026-11-19T16:30", "2026-11-19T13:30:00.000Z"), ("2026-11-22 09:00", "2026-11-22T06:00:00.000Z"),
        ("2026-11-22T09:00:00", "2026-11-22T06:00:00.000Z"), ("2026-11-22T06:30:00Z", "2026-11-22T06:30:00.000Z"),
        ("2026-11-22T10:00:00+03:00", "2026-11-22T07:00:00.000Z"),
    ])
    func theClockIsTheShops(_ text: String, _ moment: String) throws {
        #expect(try Self.times.moment(text).rfc3339 == moment)
    }

    @Test(arguments: [
        ("soon", CallbackTime.Problem.unreadable), ("2026-11-22T25:00", .unreadable), ("2026-11-22T9:00", .unreadable),
        ("2026-02-30T10:00", .unreadable), ("2026-11-22", .unreadable), ("2026-11-19T16:05", .past),
        ("2020-01-01T10:00", .past), ("2027-11-21T10:00", .tooFar), ("2026-11-20T10:00", .closed),
        ("2026-11-19T17:00", .closed), ("2026-11-22T08:59", .closed),
    ])
    func whatNobodyCanKeepIsRefused(_ text: String, _ problem: CallbackTime.Problem) {
        #expect(throws: problem) { try Self.times.moment(text) }
    }

    @Test func theNextTimesAreTold() {
        #expect(Self.times.present == "2026-11-19T16:00 (thursday)" && Self.times.zone == "Asia/Riyadh")
        #expect(
            Self.times.open.prefix(2) == [
                "2026-11-19T16:10 (thursday) to 2026-11-19T17:00 (thursday)",
                "2026-11-22T09:00 (sunday) to 2026-11-22T17:00 (sunday)",
            ])
        #expect(Self.times.open.count == 8)
        let always = OpeningWeek(json: OpeningWeek.always) ?? .officeHours
        #expect(CallbackTime(BusinessHours(zone: .riyadh, week: always), now: Self.now).open.count == 1)
    }
}
