/// A limit's name in the configuration, with the range that makes sense.
struct LimitSetting: AnySetting {
    enum Unit: String {
        case bytes
        case milliseconds
        case seconds
        case count = "a count"
        case perSecond = "per second"
        case perMinute = "per minute"
    }

    let name: String
    let unit: Unit
    let range: ClosedRange<Int>
    private let put: @Sendable (Int, inout Limits) -> Void
    /// In its unit.
    let value: @Sendable (Limits) -> Int

    var accepted: String {
        "a whole number from \(range.lowerBound) to \(range.upperBound) (\(unit.rawValue)), default \(value(Limits()))"
    }

    var isSecret: Bool { false }

    func check(_ text: String) throws(SettingProblem) {
        _ = try SettingParser.integer(text, in: range)
    }

    func set(_ text: String, in limits: inout Limits) throws(SettingProblem) {
        put(try SettingParser.integer(text, in: range), &limits)
    }

    init(
        _ name: String,
        _ unit: Unit,
        _ range: ClosedRange<Int>,
        _ path: any WritableKeyPath<Limits, Int> & Sendable
    ) {
        self.name = name
        self.unit = unit
        self.range = range
        put = { value, limits in limits[keyPath: path] = value }
        value = { $0[keyPath: path] }
    }

    /// A duration, in milliseconds or in seconds as the name says.
    init(
        _ name: String,
        _ range: ClosedRange<Int>,
        _ path: any WritableKeyPath<Limits, Duration> & Sendable
    ) {
        let isInSeconds = name.hasSuffix("_S")
        self.name = name
        unit = isInSeconds ? .seconds : .milliseconds
        self.range = range
        put = { value, limits in
            limits[keyPath: path] = isInSeconds ? .seconds(value) : .milliseconds(value)
        }
        value = { Int($0[keyPath: path] / (isInSeconds ? .seconds(1) : .milliseconds(1))) }
    }
}
