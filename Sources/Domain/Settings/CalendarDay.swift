/// A date of the Gregorian calendar, without a place on earth.
package struct CalendarDay: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    package let number: Int

    package init(number: Int) {
        self.number = number
    }

    /// Accepts `YYYY-MM-DD` of a date that exists; nil for all else.
    package init?(_ text: String) {
        guard text.utf8.count == 10, let midnight = Timestamp(rfc3339: "\(text)T00:00:00Z") else { return nil }
        self.init(number: Int(midnight.milliseconds / 86_400_000))
    }

    package var weekday: OpeningWeek.Day {
        // 1970-01-01 was a Thursday, the fifth day of a week that begins on Sunday.
        let place = ((number + 4) % 7 + 7) % 7
        return OpeningWeek.Day.allCases[place]
    }

    /// The month times 100 plus the day, which come again every year.
    package var yearlyNumber: Int {
        let date = Timestamp.civil(fromDays: number)
        return date.month * 100 + date.day
    }

    package var next: CalendarDay { CalendarDay(number: number + 1) }

    package var previous: CalendarDay { CalendarDay(number: number - 1) }

    package static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }
}
