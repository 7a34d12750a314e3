@testable import Storage

extension SQLiteLimits {
    /// For tests that share a busy machine and are not about time.
    static var patient: SQLiteLimits {
        var limits = SQLiteLimits()
        limits.busyTimeout = .seconds(60)
        limits.searchPatience = .seconds(60)
        return limits
    }
}
