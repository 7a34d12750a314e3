/// When nobody is to be woken: from one time of day to another, over midnight too.
package struct QuietHours: Sendable, Equatable {
    /// Minutes since midnight; the first is quiet, the last is not.
    package let from: Int
    package let to: Int

    /// Accepts `23:00-07:00`; nil for all else, and for two times that are the same.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let from = Self.minute(parts[0]), let to = Self.minute(parts[1]), from != to
        else { return nil }
        (self.from, self.to) = (from, to)
    }

    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(isDigit) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// By the clocks of the zone.
    package func contains(_ moment: Timestamp, in zone: TimeZoneTable) -> Bool {
        let day = zone.day(at: moment)
        // Both days are asked, because on the night of a shift a day has not 1440 minutes.
        return [day.previous, day].contains { first in
            let begin = zone.moment(of: first, minute: from)
            let end = zone.moment(of: first, minute: from < to ? to : to + 1440)
            return begin <= moment && moment < end
        }
    }
}
