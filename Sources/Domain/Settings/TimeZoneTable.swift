/// What the clocks of a place show: offsets from UTC, and when they change.
///
/// A value, because decisions may not ask a database of time zones: the edge makes it from the IANA database. After the
/// last shift its offset holds for ever, so the edge gives the shifts of some years ahead and renews the table.
package struct TimeZoneTable: Sendable, Equatable {
    /// From `moment` on, clocks show UTC plus `offset`.
    package struct Shift: Sendable, Equatable {
        package let moment: Timestamp
        package let offset: Duration

        package init(at moment: Timestamp, to offset: Duration) {
            self.moment = moment
            self.offset = offset
        }
    }

    private static let millisecondsPerDay: Int64 = 86_400_000

    /// The name in the IANA database.
    package let identifier: String
    private let first: Duration
    private let shifts: [Shift]

    /// - Parameters:
    ///   - offset: What is added to UTC before the first shift; within 18 hours, as every offset.
    ///   - shifts: In any order.
    package init(identifier: String, offset: Duration, shifts: [Shift] = []) {
        self.identifier = identifier
        first = offset
        self.shifts = shifts.sorted { $0.moment < $1.moment }
    }

    /// UTC+3 all year, as the IANA database has it since 1947.
    package static let riyadh = TimeZoneTable(identifier: "Asia/Riyadh", offset: .seconds(3 * 3600))

    package static let utc = TimeZoneTable(identifier: "UTC", offset: .zero)

    package func offset(at moment: Timestamp) -> Duration { offset(ofEra: era(at: moment)) }

    /// The date that calendars of the place show.
    package func day(at moment: Timestamp) -> CalendarDay {
        let wall = (moment + offset(at: moment)).milliseconds
        let (whole, rest) = wall.quotientAndRemainder(dividingBy: Self.millisecondsPerDay)
        return CalendarDay(number: Int(rest < 0 ? whole - 1 : whole))
    }

    /// The first moment at which clocks show this time of this day, or a later one.
    ///
    /// So a time that clocks skip is the moment of the skip, and of a time that they show twice it is the first one.
    /// Later times never give earlier moments.
    ///
    /// - Parameter minute: Since midnight; 1440 and more lie on the days after.
    package func moment(of day: CalendarDay, minute: Int) -> Timestamp {
        let wall = Timestamp(milliseconds: Int64(day.number) * Self.millisecondsPerDay + Int64(minute) * 60_000)
        var era = era(at: Timestamp(milliseconds: wall.milliseconds - Self.millisecondsPerDay))
        while era < shifts.count, shifts[era].moment + offset(ofEra: era) <= wall { era += 1 }
        let moment = wall - offset(ofEra: era)
        return era == 0 ? moment : max(moment, shifts[era - 1].moment)
    }

    /// How many shifts have been; so the number of the stretch of time with one offset.
    private func era(at moment: Timestamp) -> Int {
        var (low, high) = (0, shifts.count)
        while low < high {
            let middle = (low + high) / 2
            if shifts[middle].moment <= moment { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func offset(ofEra era: Int) -> Duration { era == 0 ? first : shifts[era - 1].offset }
}
