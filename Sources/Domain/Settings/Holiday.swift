/// A day on which the shop is closed, or keeps other hours, whatever the week says.
///
/// It takes the place of the spans that begin on that day. What began on the day before goes on to its end.
package struct Holiday: Sendable, Equatable {
    private static let maxCount = 366
    private static let maxNameLength = 100

    package let day: CalendarDay
    /// Whether it comes on the same day and month of every year. 29 February comes in leap years.
    package let isYearly: Bool
    /// Empty for a closed day.
    package let spans: [OpeningSpan]

    /// Nil for what `problems` finds something wrong with.
    package static func list(json: JSONValue) -> [Holiday]? {
        guard problems(with: json, at: "").isEmpty else { return nil }
        return json.array?.compactMap { document in
            document["date"]?.string.flatMap(CalendarDay.init).map { day in
                Holiday(
                    day: day,
                    isYearly: document["yearly"]?.bool ?? false,
                    spans: document["spans"].flatMap(OpeningSpan.list(json:)) ?? []
                )
            }
        }
    }

    /// A list of `{date, yearly?, spans?, name_ar?, name_en?}` with rising dates.
    static func problems(with value: JSONValue, at field: String) -> [FieldProblem] {
        guard let days = value.array, days.count <= maxCount else {
            return [FieldProblem(field, "count", "must be a list of at most \(maxCount) days")]
        }
        var last: CalendarDay?
        for (index, document) in days.enumerated() {
            let place = "\(field)/\(index)"
            guard let members = document.object, let day = members["date"]?.string.flatMap(CalendarDay.init) else {
                return [FieldProblem(place, "format", #"must be like {"date": "2026-09-23", "name_ar": "…"}"#)]
            }
            if let last, day <= last { return [FieldProblem(place, "range", "must be later than the one before")] }
            last = day
            let wrong = members.sorted { $0.key < $1.key }.flatMap { problems(with: $1, named: $0, at: place) }
            guard wrong.isEmpty else { return wrong }
        }
        return []
    }

    private static func problems(with value: JSONValue, named name: String, at place: String) -> [FieldProblem] {
        switch name {
        case "date":
            return []
        case "yearly":
            return value.bool == nil ? [ShopSettingType.wrongType("\(place)/yearly", "true or false")] : []
        case "spans":
            return OpeningSpan.problems(with: value, at: "\(place)/spans")
        case "name_ar", "name_en":
            let isShort = value.string.map { $0.unicodeScalars.count <= maxNameLength } ?? false
            guard !isShort else { return [] }
            return [FieldProblem("\(place)/\(name)", "too_long", "takes at most \(maxNameLength) characters")]
        default:
            return [FieldProblem("\(place)/\(name)", "unknown", "is not known here")]
        }
    }
}
