/// A stretch of a day in which the shop is open, in minutes since midnight.
package struct OpeningSpan: Sendable, Equatable {
    private static let minutesPerDay = 1440
    /// More than anybody needs: a break for each prayer, one for lunch.
    private static let maxPerDay = 8

    package let from: Int
    /// Above 1440 when it ends on the day after.
    package let to: Int

    /// The document that settings hold.
    static func json(_ from: String, _ to: String) -> JSONValue {
        .object(["from": .string(from), "to": .string(to)])
    }

    /// Nil unless it is `{from, to}` of different times; a `to` before `from` lies on the day after.
    init?(json: JSONValue) {
        guard let members = json.object, members.count == 2, let from = Self.minute(members["from"]),
            let to = Self.minute(members["to"]), from < Self.minutesPerDay, from != to
        else { return nil }
        self.from = from
        self.to = to > from ? to : to + Self.minutesPerDay
    }

    /// Nil for what `problems` finds something wrong with.
    static func list(json: JSONValue) -> [OpeningSpan]? {
        problems(with: json, at: "").isEmpty ? json.array?.compactMap(OpeningSpan.init) : nil
    }

    /// The spans of one day: they rise and do not overlap, so that only the last may go past midnight.
    static func problems(with value: JSONValue, at field: String) -> [FieldProblem] {
        guard let spans = value.array, spans.count <= maxPerDay else {
            return [FieldProblem(field, "count", "must be a list of at most \(maxPerDay) spans")]
        }
        var end = 0
        for (index, span) in spans.enumerated() {
            let place = "\(field)/\(index)"
            guard let span = OpeningSpan(json: span) else {
                let form = #"must be like {"from": "09:00", "to": "17:00"}, with two different times"#
                return [FieldProblem(place, "format", form)]
            }
            guard span.from >= end else {
                return [FieldProblem(place, "range", "must begin after the one before has ended")]
            }
            end = span.to
        }
        return []
    }

    /// How far it reaches into the day after, in minutes.
    var minutesPastMidnight: Int { max(0, to - Self.minutesPerDay) }

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
