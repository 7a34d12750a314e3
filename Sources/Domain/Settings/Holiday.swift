/// Days on which the shop is closed whatever the week says.
package enum Holiday {
    private static let maxCount = 366
    private static let maxNameLength = 100

    /// A list of `{date, name_ar?, name_en?}` with rising dates.
    static func problems(with value: JSONValue, at field: String) -> [FieldProblem] {
        guard let days = value.array, days.count <= maxCount else {
            return [FieldProblem(field, "count", "must be a list of at most \(maxCount) days")]
        }
        var last = ""
        for (index, day) in days.enumerated() {
            let place = "\(field)/\(index)"
            guard let members = day.object, let date = members["date"]?.string, isDate(date) else {
                return [FieldProblem(place, "format", #"must be like {"date": "2026-09-23", "name_ar": "…"}"#)]
            }
            guard date > last else { return [FieldProblem(place, "range", "must be later than the one before")] }
            last = date
            for (name, text) in members where name != "date" {
                guard ["name_ar", "name_en"].contains(name) else {
                    return [FieldProblem("\(place)/\(name)", "unknown", "is not known here")]
                }
                guard let text = text.string, text.unicodeScalars.count <= maxNameLength else {
                    return [FieldProblem("\(place)/\(name)", "too_long", "takes at most \(maxNameLength) characters")]
                }
            }
        }
        return []
    }

    /// `YYYY-MM-DD` of the calendar: read as the midnight that begins it.
    private static func isDate(_ text: String) -> Bool {
        text.utf8.count == 10 && Timestamp(rfc3339: "\(text)T00:00:00Z") != nil
    }
}
