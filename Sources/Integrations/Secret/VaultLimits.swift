/// Bounds of the keeping of secrets.
package struct VaultLimits: Sendable, Equatable {
    /// Secrets that one data key seals; one more needs another. An import of codes fits, and random nonces of 96 bits
    /// are safe up to 2^32 (NIST SP 800-38D, 8.3).
    package var maxSealsPerDataKey = 1 << 20
    /// Unwrapped data keys in memory; 0 for none. The oldest are forgotten first.
    package var maxCachedDataKeys = 4096
    /// How long an unwrapped data key is used: through a short outage of whoever keeps the keys.
    package var dataKeyLifetime = Duration.seconds(600)

    package init() {}
}
