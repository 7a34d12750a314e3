/// When the shop is open, day by day, in its own time zone.
///
/// A span belongs to the day on which it begins: `22:00` to `02:00` of Thursday ends on Friday.
package struct OpeningWeek: Sendable, Equatable {
    package enum Day: String, Sendable, CaseIterable {
        case sunday, monday, tuesday, wednesday, thursday, friday, saturday

        var next: Day {
            switch self {
            case .sunday: .monday
            case .monday: .tuesday
            case .tuesday: .wednesday
            case .wednesday: .thursday
            case .thursday: .friday
            case .friday: .saturday
            case .saturday: .sunday
            }
        }
    }

    /// Sunday to Thursday, as Saudi offices work.
    package static let standard = JSONValue.object(
        Dictionary(
            uniqueKeysWithValues: Day.allCases.map { day in
                let isClosed = day == .friday || day == .saturday
                return (day.rawValue, .array(isClosed ? [] : [OpeningSpan.json("09:00", "17:00")]))
            }))

    /// Day and night, every day.
    package static let always = JSONValue.object(
        Dictionary(
            uniqueKeysWithValues: Day.allCases.map { ($0.rawValue, .array([OpeningSpan.json("00:00", "24:00")])) }))

    private let spans: [Day: [OpeningSpan]]

    private init(_ spans: [Day: [OpeningSpan]]) {
        self.spans = spans
    }

    /// `standard` as a value.
    package static let officeHours = OpeningWeek(
        Dictionary(
            uniqueKeysWithValues: Day.allCases.map {
                ($0, OpeningSpan.list(json: standard[$0.rawValue] ?? .null) ?? [])
            }))

    /// Nil for what `problems` finds something wrong with.
    package init?(json: JSONValue) {
        guard Self.problems(with: json, at: "").isEmpty, let days = json.object else { return nil }
        spans = Dictionary(
            uniqueKeysWithValues: Day.allCases.map { day in
                (day, days[day.rawValue].flatMap(OpeningSpan.list(json:)) ?? [])
            })
    }

    package subscript(_ day: Day) -> [OpeningSpan] { spans[day] ?? [] }

    /// Every day must be named; a day without spans is closed. Spans rise and do not overlap, also over midnight.
    static func problems(with value: JSONValue, at field: String) -> [FieldProblem] {
        guard let days = value.object else { return [ShopSettingType.wrongType(field, "an object of days")] }
        let unknown = days.keys.filter { Day(rawValue: $0) == nil }.sorted()
        let problems =
            unknown.map { FieldProblem("\(field)/\($0)", "unknown", "is no day of the week") }
            + Day.allCases.flatMap { day -> [FieldProblem] in
                let place = "\(field)/\(day.rawValue)"
                guard let spans = days[day.rawValue] else {
                    return [FieldProblem(place, "required", "is missing: [] is a closed day")]
                }
                return OpeningSpan.problems(with: spans, at: place)
            }
        return problems.isEmpty ? overlaps(of: days, at: field) : problems
    }

    /// What begins before the last span of the day before has ended.
    private static func overlaps(of days: [String: JSONValue], at field: String) -> [FieldProblem] {
        Day.allCases.compactMap { day in
            guard let last = days[day.rawValue]?.array?.last.flatMap(OpeningSpan.init),
                let first = days[day.next.rawValue]?.array?.first.flatMap(OpeningSpan.init),
                first.from < last.minutesPastMidnight
            else { return nil }
            return FieldProblem(
                "\(field)/\(day.next.rawValue)/0", "range", "must begin after the last one of \(day.rawValue) has ended"
            )
        }
    }
}
