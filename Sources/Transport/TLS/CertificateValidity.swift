package import Domain

/// From when until when a certificate counts (RFC 5280 section 4.1.2.5).
package struct CertificateValidity: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case notYet
        /// Full days that are left.
        case valid(days: Int)
        case over
    }

    package let from: Timestamp
    package let until: Timestamp

    private static let day: Int64 = 86_400_000

    package init(from: Timestamp, until: Timestamp) {
        self.from = from
        self.until = until
    }

    package func state(at now: Timestamp) -> State {
        if now < from { return .notYet }
        if now > until { return .over }
        return .valid(days: Int((until.milliseconds - now.milliseconds) / Self.day))
    }
}
