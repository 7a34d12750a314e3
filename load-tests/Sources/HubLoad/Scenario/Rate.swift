/// How fast messages are published.
enum Rate: Equatable, CustomStringConvertible {
    /// So many in a second, each at its time.
    case perSecond(Double)
    /// As fast as it goes: so many messages of a room may be on their way.
    case max(window: Int)

    static let defaultWindow = 128

    /// `50`, `max`, or `max:64`.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        switch (parts.first, parts.count) {
        case ("max", 1):
            self = .max(window: Self.defaultWindow)
        case ("max", 2):
            guard let window = Int(parts[1]), window > 0 else { return nil }
            self = .max(window: window)
        default:
            guard let rate = Double(text), rate > 0, rate.isFinite else { return nil }
            self = .perSecond(rate)
        }
    }

    var isFixed: Bool {
        switch self {
        case .perSecond: true
        case .max: false
        }
    }

    var description: String {
        switch self {
        case .perSecond(let rate): rate == rate.rounded() ? "\(Int(rate))" : "\(rate)"
        case .max(let window): window == Self.defaultWindow ? "max" : "max:\(window)"
        }
    }
}
