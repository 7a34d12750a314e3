/// Passwords, tokens and signatures: the cryptography that the middle asks for.
package protocol PasswordHasher: Sendable {
    /// A slow salted hash, computed off the event loops.
    func hash(_ password: String) async throws -> String

    /// Takes the same time for a nil hash (unknown user) as for a wrong password.
    func verify(_ password: String, against hash: String?) async throws -> Bool
}

/// Makes and checks the short-lived access tokens of staff.
package protocol AccessTokens: Sendable {
    func issue(for user: User, family: SessionID, at now: Timestamp) async throws -> (token: String, lifetime: Duration)

    /// Throws `unauthorized` when the signature, the algorithm, the times or the form are wrong.
    func verify(_ token: String, at now: Timestamp) async throws -> AccessClaims
}

package struct AccessClaims: Sendable, Equatable {
    package let user: UserID
    package let family: SessionID
    package let expiresAt: Timestamp

    package init(user: UserID, family: SessionID, expiresAt: Timestamp) {
        self.user = user
        self.family = family
        self.expiresAt = expiresAt
    }
}

/// Random bearer secrets and their digests.
package protocol SecretTokens: Sendable {
    /// 256 random bits, base64url.
    func make() -> String

    /// SHA-256 in lower-case hex: what is stored of a token.
    func digest(_ token: String) -> String

    /// Whether `signature` is the site's HMAC over its own user id (lower-case hex), in constant time.
    func isValidIdentity(userID: String, signature: String) -> Bool
}
