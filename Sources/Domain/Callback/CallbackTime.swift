/// When a customer may be called: within the hours, in the time zone of the shop or the team.
package struct CallbackTime: Sendable {
    /// As soon as somebody can be ready.
    package static let minNotice = Duration.seconds(600)
    package static let maxDaysAhead = 30
    /// Stretches of time that are told.
    private static let maxTold = 8

    private let hours: BusinessHours
    private let now: Timestamp

    package init(_ hours: BusinessHours, now: Timestamp) {
        self.hours = hours
        self.now = now
    }

    package enum Problem: Error, Equatable {
        case unreadable, past, tooFar, closed
    }

    /// - Parameter text: `2026-11-22T17:00`, by the clocks of the place; an offset behind it is obeyed.
    package func moment(_ text: String) throws(Problem) -> Timestamp {
        guard let moment = read(text) else { throw .unreadable }
        guard moment >= now + Self.minNotice else { throw .past }
        guard moment <= now + .seconds(Int64(Self.maxDaysAhead) * 86_400) else { throw .tooFar }
        guard hours.isOpen(at: moment) else { throw .closed }
        return moment
    }

    private func read(_ text: String) -> Timestamp? {
        if let moment = Timestamp(rfc3339: text) { return moment }
        let parts = text.split(whereSeparator: { $0 == "T" || $0 == " " })
        guard parts.count == 2, let day = CalendarDay(String(parts[0])) else { return nil }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(clock.count), clock.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(clock[0]),
            let minute = Int(clock[1]), (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return hours.zone.moment(of: day, minute: hour * 60 + minute)
    }

    // MARK: What is told

    /// By the clocks of the place: `2026-11-22T17:00 (sunday)`.
    package func text(of moment: Timestamp) -> String {
        let wall = (moment + hours.zone.offset(at: moment)).rfc3339
        return "\(wall.prefix(16)) (\(hours.zone.day(at: moment).weekday.rawValue))"
    }

    /// The next times at which somebody may be called.
    package var open: [String] {
        var told: [String] = []
        var from = now + Self.minNotice
        let end = now + .seconds(Int64(Self.maxDaysAhead) * 86_400)
        while told.count < Self.maxTold, let opening = hours.nextOpening(from: from), opening < end {
            guard let closing = hours.nextClosing(from: opening) else {
                return told + ["\(text(of: opening)) and any time after it"]
            }
            told.append("\(text(of: opening)) to \(text(of: closing))")
            from = closing
        }
        return told
    }

    package var present: String { text(of: now) }
    package var zone: String { hours.zone.identifier }
}
