@testable import Storage

extension PostgresLimits {
    /// For tests that share a busy machine and are not about time.
    static var patient: PostgresLimits {
        var limits = PostgresLimits()
        limits.statementTimeout = .seconds(30)
        limits.connectTimeout = .seconds(30)
        limits.leaseTimeout = .seconds(60)
        return limits
    }
}
