/// When the shop is open, day by day, in its own time zone.
package enum OpeningWeek {
    package enum Day: String, Sendable, CaseIterable {
        case sunday, monday, tuesday, wednesday, thursday, friday, saturday
    }

    /// More than anybody needs: a break for prayer, one for lunch.
    private static let maxSpansPerDay = 8

    /// Sunday to Thursday, as Saudi offices work.
    package static let standard = JSONValue.object(
        Dictionary(
            uniqueKeysWithValues: Day.allCases.map { day in
                let isClosed = day == .friday || day == .saturday
                return (day.rawValue, .array(isClosed ? [] : [span("09:00", "17:00")]))
            }))

    private static func span(_ from: String, _ to: String) -> JSONValue {
        .object(["from": .string(from), "to": .string(to)])
    }

    /// Every day must be named; a day without spans is closed. Spans rise and do not overlap.
    static func problems(with value: JSONValue, at field: String) -> [FieldProblem] {
        guard let days = value.object else { return [ShopSettingType.wrongType(field, "an object of days")] }
        let unknown = days.keys.filter { Day(rawValue: $0) == nil }.sorted()
        return unknown.map { FieldProblem("\(field)/\($0)", "unknown", "is no day of the week") }
            + Day.allCases.flatMap { day -> [FieldProblem] in
                let place = "\(field)/\(day.rawValue)"
                guard let spans = days[day.rawValue] else {
                    return [FieldProblem(place, "required", "is missing: [] is a closed day")]
                }
                return problems(withSpans: spans, at: place)
            }
    }

    private static func problems(withSpans value: JSONValue, at field: String) -> [FieldProblem] {
        guard let spans = value.array, spans.count <= maxSpansPerDay else {
            return [FieldProblem(field, "count", "must be a list of at most \(maxSpansPerDay) spans")]
        }
        var end = 0
        for (index, span) in spans.enumerated() {
            let place = "\(field)/\(index)"
            guard let members = span.object, members.count == 2, let from = minute(members["from"]),
                let to = minute(members["to"])
            else { return [FieldProblem(place, "format", #"must be like {"from": "09:00", "to": "17:00"}"#)] }
            guard from < to, from >= end else {
                return [FieldProblem(place, "range", "must end after it begins, and begin after the one before")]
            }
            end = to
        }
        return []
    }

    /// Minutes since midnight of `HH:MM`; `24:00` is the end of the day.
    private static func minute(_ value: JSONValue?) -> Int? {
        guard let bytes = value?.string.map({ Array($0.utf8) }), bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
            [0, 1, 3, 4].allSatisfy({ (0x30...0x39).contains(bytes[$0]) })
        else { return nil }
        let hours = Int(bytes[0] - 0x30) * 10 + Int(bytes[1] - 0x30)
        let minutes = Int(bytes[3] - 0x30) * 10 + Int(bytes[4] - 0x30)
        guard minutes < 60, hours < 24 || hours == 24 && minutes == 0 else { return nil }
        return hours * 60 + minutes
    }
}
