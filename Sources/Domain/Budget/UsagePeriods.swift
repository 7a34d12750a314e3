/// The spans of time that a moment lies in, by the clocks of the shop.
package struct UsagePeriods: Sendable, Equatable {
    /// `2026-11-21`
    package let day: String
    /// `2026-11`
    package let month: String
    /// Hours since 1970 began, the same everywhere.
    package let hour: Int64
    package let dayEnd: Timestamp
    package let monthEnd: Timestamp
    package let hourEnd: Timestamp

    private static let millisecondsPerHour: Int64 = 3_600_000

    package init(at moment: Timestamp, in zone: TimeZoneTable) {
        let today = zone.day(at: moment)
        day = today.text
        month = String(day.prefix(7))
        dayEnd = zone.moment(of: today.next, minute: 0)
        var last = today
        while last.next.text.prefix(7) == month { last = last.next }
        monthEnd = zone.moment(of: last.next, minute: 0)
        let (whole, rest) = moment.milliseconds.quotientAndRemainder(dividingBy: Self.millisecondsPerHour)
        hour = rest < 0 ? whole - 1 : whole
        hourEnd = Timestamp(milliseconds: (hour + 1) * Self.millisecondsPerHour)
    }
}

extension CalendarDay {
    /// `2026-11-21`
    package var text: String {
        String(Timestamp(milliseconds: Int64(number) * 86_400_000).rfc3339.prefix { $0 != "T" })
    }
}
