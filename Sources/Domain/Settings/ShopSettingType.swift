/// What the value of a setting may be. The rules stand here; the API only says that there is a value.
package enum ShopSettingType: Sendable, Equatable {
    /// One line with something in it; in Unicode scalars.
    case line(maxLength: Int)
    /// A list of different lines; lengths in Unicode scalars.
    case lines(maxCount: Int, maxLength: Int)
    case integer(ClosedRange<Int64>)
    /// Yes or no.
    case flag
    case choice([String])
    /// A name of the IANA time zone database: `Asia/Riyadh`.
    case timeZone
    /// `#RRGGBB`.
    case color
    case week
    case holidays
    /// The id of a team, or an empty text for none. Whether the team is there, the store knows.
    case team
    /// Different languages that the assistant knows, by their codes; at least one.
    case languages

    package var name: String {
        switch self {
        case .line: "line"
        case .lines: "lines"
        case .integer: "integer"
        case .flag: "flag"
        case .choice: "choice"
        case .timeZone: "time_zone"
        case .color: "color"
        case .week: "week"
        case .holidays: "holidays"
        case .team: "team"
        case .languages: "languages"
        }
    }

    package static let names = [
        "line", "lines", "integer", "flag", "choice", "time_zone", "color", "week", "holidays", "team", "languages",
    ]

    /// Everything that is wrong with `value`.
    ///
    /// - Parameter isTimeZone: Whether a name is known; the database of names is outside.
    package func problems(
        with value: JSONValue,
        at field: String,
        isTimeZone: (String) -> Bool
    ) -> [FieldProblem] {
        switch self {
        case .line(let maxLength):
            return Self.problem(ofLine: value, at: field, maxLength).map { [$0] } ?? []
        case .lines(let maxCount, let maxLength):
            guard let lines = value.array else { return [Self.wrongType(field, "a list of texts")] }
            guard lines.count <= maxCount else {
                return [FieldProblem(field, "count", "must be at most \(maxCount) lines")]
            }
            let problems = lines.enumerated().compactMap {
                Self.problem(ofLine: $0.element, at: "\(field)/\($0.offset)", maxLength)
            }
            guard problems.isEmpty, Set(lines.compactMap(\.string)).count < lines.count else { return problems }
            return [FieldProblem(field, "twice", "must be different lines")]
        case .integer(let range):
            guard let integer = value.integer else { return [Self.wrongType(field, "a whole number")] }
            guard range.contains(integer) else {
                return [FieldProblem(field, "range", "must be from \(range.lowerBound) to \(range.upperBound)")]
            }
            return []
        case .flag:
            return value.bool == nil ? [Self.wrongType(field, "true or false")] : []
        case .choice(let accepted):
            guard let text = value.string, accepted.contains(text) else {
                return [FieldProblem(field, "choice", "must be one of: \(accepted.joined(separator: ", "))")]
            }
            return []
        case .timeZone:
            guard let name = value.string, isTimeZone(name) else {
                return [FieldProblem(field, "format", "must be a time zone like Asia/Riyadh")]
            }
            return []
        case .color:
            guard let text = value.string, Self.isColor(text) else {
                return [FieldProblem(field, "format", "must be a colour like #0B6E4F")]
            }
            return []
        case .week:
            return OpeningWeek.problems(with: value, at: field)
        case .holidays:
            return Holiday.problems(with: value, at: field)
        case .team:
            guard let text = value.string, text.isEmpty || TeamID(text) != nil else {
                return [FieldProblem(field, "format", "must be the id of a team, or an empty text")]
            }
            return []
        case .languages:
            guard ChatLanguage.list(value) == nil else { return [] }
            let known = ChatLanguage.allCases.map(\.rawValue).joined(separator: ", ")
            return [FieldProblem(field, "format", "must be a list of different languages of: \(known)")]
        }
    }

    static func wrongType(_ field: String, _ wanted: String) -> FieldProblem {
        FieldProblem(field, "type", "must be \(wanted)")
    }

    private static func problem(ofLine value: JSONValue, at field: String, _ maxLength: Int) -> FieldProblem? {
        guard let text = value.string else { return wrongType(field, "a string") }
        let scalars = text.unicodeScalars
        guard (1...maxLength).contains(scalars.count) else {
            return FieldProblem(field, "too_long", "must have 1 to \(maxLength) characters")
        }
        guard scalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }),
            scalars.contains(where: { !$0.properties.isWhitespace })
        else { return FieldProblem(field, "format", "must be one line of text") }
        return nil
    }

    private static func isColor(_ text: String) -> Bool {
        text.utf8.count == 7 && text.utf8.first == UInt8(ascii: "#")
            && text.utf8.dropFirst().allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "F"),
                    UInt8(ascii: "a")...UInt8(ascii: "f"):
                    true
                default: false
                }
            }
    }
}
