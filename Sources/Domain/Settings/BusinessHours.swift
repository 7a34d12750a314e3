/// When the shop, or a team of it, works: the week, the holidays and the clocks of its place.
package struct BusinessHours: Sendable, Equatable {
    /// How far ahead an opening or a deadline is looked for; beyond it there is none.
    package static let maxDaysAhead = 1_100

    package let zone: TimeZoneTable
    private let week: OpeningWeek
    private let once: [CalendarDay: [OpeningSpan]]
    private let yearly: [Int: [OpeningSpan]]

    /// A holiday of one date wins over one that comes every year.
    package init(zone: TimeZoneTable, week: OpeningWeek, holidays: [Holiday] = []) {
        self.zone = zone
        self.week = week
        once = Dictionary(holidays.filter { !$0.isYearly }.map { ($0.day, $0.spans) }) { $1 }
        yearly = Dictionary(holidays.filter(\.isYearly).map { ($0.day.yearlyNumber, $0.spans) }) { $1 }
    }

    /// From the shop's settings `hours.week` and `hours.holidays`; nil when they are not as their types ask for.
    package init?(zone: TimeZoneTable, week: JSONValue, holidays: JSONValue) {
        guard let week = OpeningWeek(json: week), let holidays = Holiday.list(json: holidays) else { return nil }
        self.init(zone: zone, week: week, holidays: holidays)
    }

    package func isOpen(at moment: Timestamp) -> Bool {
        stretches(from: moment, days: 1).first { _ in true }?.from == moment
    }

    /// The first moment from `moment` on at which it is open: `moment` itself when it is open then.
    package func nextOpening(from moment: Timestamp) -> Timestamp? {
        stretches(from: moment).first { _ in true }?.from
    }

    /// When it closes next; nil when it is closed at `moment`, or does not close within `maxDaysAhead`.
    package func nextClosing(from moment: Timestamp) -> Timestamp? {
        var end: Timestamp?
        for stretch in stretches(from: moment) {
            guard stretch.from == end ?? moment else { return end }
            end = stretch.to
        }
        // Closed for good after `end`, or the end of the search: then the last stretch reaches its last day.
        guard let end, zone.day(at: end) < CalendarDay(number: zone.day(at: moment).number + Self.maxDaysAhead)
        else { return nil }
        return end
    }

    /// Business time from one moment to another; zero when they are not in order.
    package func time(from start: Timestamp, to end: Timestamp) -> Duration {
        guard start < end else { return .zero }
        let days = zone.day(at: end).number - zone.day(at: start).number + 1
        return stretches(from: start, days: days).prefix { $0.from < end }
            .reduce(.zero) { $0 + (min($1.to, end) - $1.from) }
    }

    /// The first moment at which this much business time will have passed; nil when it lies beyond `maxDaysAhead`.
    package func moment(after time: Duration, from start: Timestamp) -> Timestamp? {
        guard time > .zero else { return start }
        var left = time
        for stretch in stretches(from: start) {
            let length = stretch.to - stretch.from
            guard length < left else { return stretch.from + left }
            left -= length
        }
        return nil
    }

    /// Open stretches that end after `start`, cut at it; rising, never overlapping, each of one day's spans.
    private func stretches(from start: Timestamp, days: Int = maxDaysAhead) -> some Sequence<OpenStretch> {
        let first = zone.day(at: start).previous
        return sequence(state: OpenStretch.Cursor(day: first, end: start)) { cursor in
            while cursor.day.number <= first.number + days {
                while cursor.span < spans(of: cursor.day).count {
                    let span = spans(of: cursor.day)[cursor.span]
                    cursor.span += 1
                    let from = max(zone.moment(of: cursor.day, minute: span.from), cursor.end)
                    let to = zone.moment(of: cursor.day, minute: span.to)
                    guard from < to else { continue }
                    cursor.end = to
                    return OpenStretch(from: from, to: to)
                }
                cursor.day = cursor.day.next
                cursor.span = 0
            }
            return nil
        }
    }

    private func spans(of day: CalendarDay) -> [OpeningSpan] {
        once[day] ?? (yearly.isEmpty ? nil : yearly[day.yearlyNumber]) ?? week[day.weekday]
    }
}

/// A stretch of time in which the shop is open without a break.
private struct OpenStretch {
    struct Cursor {
        var day: CalendarDay
        var span = 0
        /// Up to here everything has been said.
        var end: Timestamp
    }

    let from: Timestamp
    let to: Timestamp
}
