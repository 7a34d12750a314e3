import Domain
import Testing

/// Opening hours that tests are made of.
enum Hours {
    /// Central Europe in 2026 and 2027, whose clocks go forward in March and back in October.
    static let berlin = TimeZoneTable(
        identifier: "Europe/Berlin",
        offset: .seconds(3600),
        shifts: [
            // 2026-10-25, 2026-03-29, 2027-03-28 and 2027-10-31, each at 01:00 UTC.
            .init(at: Timestamp(milliseconds: 1_792_890_000_000), to: .seconds(3600)),
            .init(at: Timestamp(milliseconds: 1_774_746_000_000), to: .seconds(7200)),
            .init(at: Timestamp(milliseconds: 1_806_195_600_000), to: .seconds(7200)),
            .init(at: Timestamp(milliseconds: 1_824_944_400_000), to: .seconds(3600)),
        ]
    )

    /// Every day the same spans, like `09:00-12:00 16:00-02:00`, but for the days that are named with their own.
    static func week(_ spans: String, _ others: [OpeningWeek.Day: String] = [:]) -> JSONValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: OpeningWeek.Day.allCases.map { day in
                    (day.rawValue, list(others[day] ?? spans))
                }))
    }

    static func list(_ spans: String) -> JSONValue {
        .array(
            spans.split(separator: " ").map { span in
                let ends = span.split(separator: "-").map(String.init)
                return .object(["from": .string(ends[0]), "to": .string(ends[1])])
            })
    }

    static func make(
        _ week: JSONValue,
        holidays: [JSONValue] = [],
        zone: TimeZoneTable = .riyadh
    ) throws -> BusinessHours {
        try #require(BusinessHours(zone: zone, week: week, holidays: .array(holidays)))
    }

    static func never() throws -> BusinessHours {
        try make(week(""), zone: .utc)
    }

    static func always() throws -> BusinessHours {
        try make(OpeningWeek.always, zone: .utc)
    }
}
