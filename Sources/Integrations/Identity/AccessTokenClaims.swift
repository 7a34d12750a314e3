import Domain
import JWTKit

/// What an access token says, by the names of RFC 7519 §4.1; times in seconds.
struct AccessTokenClaims: JWTPayload {
    let iss: String
    let sub: String
    /// The refresh family, so that revoking it ends the session.
    let sid: String
    let iat: Int64
    let exp: Int64

    /// The signature alone is JWTKit's; times are checked by `checked(at:)`, against the caller's clock.
    func verify(using algorithm: some JWTAlgorithm) async throws {}

    func checked(at now: Timestamp) throws(HubError) -> AccessClaims {
        guard iss == JWTAccessTokens.issuer, let user = UserID(sub), let family = SessionID(sid),
            let issuedAt = Self.moment(iat), let expiresAt = Self.moment(exp),
            issuedAt <= now + JWTAccessTokens.maxClockSkew
        else { throw JWTAccessTokens.refused }
        guard now < expiresAt else { throw JWTAccessTokens.expired }
        return AccessClaims(user: user, family: family, expiresAt: expiresAt)
    }

    /// Nil for seconds that do not fit milliseconds.
    private static func moment(_ seconds: Int64) -> Timestamp? {
        let (milliseconds, didOverflow) = seconds.multipliedReportingOverflow(by: 1000)
        return didOverflow ? nil : Timestamp(milliseconds: milliseconds)
    }
}
