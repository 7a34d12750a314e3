package import Domain
import Foundation
import Synchronization

/// Time zones by name, from the database that Foundation reads.
package final class SystemTimeZones: TimeZoneSource {
    /// Shifts are known so far ahead; a table that is older than `lifetime` is made anew.
    private static let horizon = Duration.seconds(4 * 366 * 86_400)
    private static let lifetime = Duration.seconds(86_400)
    /// Before this moment nobody counts business time any more.
    private static let past = Duration.seconds(2 * 366 * 86_400)
    /// More shifts than any zone has in these years.
    private static let maxShifts = 64

    private struct Kept {
        let table: TimeZoneTable
        let at: Timestamp
    }

    private let kept = Mutex<[String: Kept]>([:])

    package init() {}

    package func table(of identifier: String, at now: Timestamp) -> TimeZoneTable? {
        kept.withLock { kept in
            if let known = kept[identifier], known.at <= now, now - known.at < Self.lifetime { return known.table }
            guard let table = Self.makeTable(identifier, at: now) else { return nil }
            kept[identifier] = Kept(table: table, at: now)
            return table
        }
    }

    private static func makeTable(_ identifier: String, at now: Timestamp) -> TimeZoneTable? {
        guard identifier != TimeZoneTable.utc.identifier else { return .utc }
        guard names.contains(identifier), let zone = TimeZone(identifier: identifier) else { return nil }
        var moment = date(now - past)
        let first = zone.secondsFromGMT(for: moment)
        var shifts: [TimeZoneTable.Shift] = []
        while shifts.count < maxShifts, let next = zone.nextDaylightSavingTimeTransition(after: moment),
            next > moment, next < date(now + horizon)
        {
            // A second later, so that rounding does not fall before the shift.
            let offset = zone.secondsFromGMT(for: next.addingTimeInterval(1))
            shifts.append(
                TimeZoneTable.Shift(
                    at: Timestamp(milliseconds: Int64(next.timeIntervalSince1970) * 1000), to: .seconds(offset)))
            moment = next
        }
        return TimeZoneTable(identifier: identifier, offset: .seconds(first), shifts: shifts)
    }

    private static func date(_ moment: Timestamp) -> Date {
        Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
    }

    /// Abbreviations and offsets are time zones to Foundation, but none that keep to the rules of a place.
    private static let names = Set(TimeZone.knownTimeZoneIdentifiers)
}
