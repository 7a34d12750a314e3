/// A link by which somebody sets their password, once; stored by its hash.
package struct AccountLink: Sendable, Equatable {
    package enum Purpose: String, Sendable, CaseIterable {
        /// The first password of a new account.
        case invitation
        /// A new password for a forgotten one.
        case reset
    }

    package let user: UserID
    package let purpose: Purpose
    /// SHA-256 of the link's token in lower-case hex.
    package let hash: String
    package let createdAt: Timestamp
    package let expiresAt: Timestamp

    package init(user: UserID, purpose: Purpose, hash: String, createdAt: Timestamp, lifetime: Duration) {
        self.user = user
        self.purpose = purpose
        self.hash = hash
        self.createdAt = createdAt
        expiresAt = createdAt + lifetime
    }

    package static let refused = HubError.unauthorized(
        "this link was used, replaced or has expired: ask an administrator for a new one")

    /// The address to open. The token stands behind `#`, which browsers send to nobody: no log and no `Referer`
    /// ever holds it.
    package static func address(under publicURL: String, _ purpose: Purpose, token: String) -> String {
        "\(publicURL)/password#\(purpose.rawValue)=\(token)"
    }
}

/// How long links of accounts are good.
package struct AccountLinkLimits: Sendable, Equatable {
    /// Seven days: over a weekend and a holiday.
    package var invitationLifetime: Duration = .seconds(7 * 24 * 3600)
    package var resetLifetime: Duration = .seconds(24 * 3600)

    package init() {}

    package func lifetime(of purpose: AccountLink.Purpose) -> Duration {
        switch purpose {
        case .invitation: invitationLifetime
        case .reset: resetLifetime
        }
    }
}
