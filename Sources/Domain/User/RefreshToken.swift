/// A refresh token as it is stored: its hash, never itself.
package struct RefreshToken: Sendable, Equatable {
    /// SHA-256 of the token in lower-case hex.
    package let hash: String
    /// All tokens that follow from one login; revoked together.
    package let family: SessionID
    package let user: UserID
    package let issuedAt: Timestamp
    package let expiresAt: Timestamp

    package init(hash: String, family: SessionID, user: UserID, issuedAt: Timestamp, expiresAt: Timestamp) {
        self.hash = hash
        self.family = family
        self.user = user
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}

/// One sign-in of one person; ends with its refresh tokens.
package struct StaffLogin: Sendable, Hashable {
    package let user: UserID
    package let family: SessionID

    package init(user: UserID, family: SessionID) {
        self.user = user
        self.family = family
    }
}

/// What presenting a refresh token led to.
package enum RefreshOutcome: Sendable, Equatable {
    /// The old token is used up, the successor is stored.
    case rotated(User, family: SessionID)
    /// The token had been used before: somebody copied it. The whole family is revoked.
    case reused(StaffLogin)
    /// Unknown, expired, revoked, or the user is disabled.
    case refused
}
