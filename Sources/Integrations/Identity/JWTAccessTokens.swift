import Crypto
package import Domain
import JWTKit
import Synchronization

/// Access tokens as JWT (RFC 7519), signed with HS256 and nothing else.
///
/// Short-lived: whoever steals one is rid of it soon, and only the refresh token behind it makes the next.
package final class JWTAccessTokens: AccessTokens {
    /// 15 minutes: how long a stolen token serves, against a refresh every quarter of an hour.
    package static let defaultLifetime = Duration.seconds(900)
    static let issuer = "twocards-hub"
    static let algorithm = "HS256"
    /// Our own tokens have about 300 bytes; what is longer is not looked at.
    static let maxTokenBytes = 2048
    /// How far another hub's clock may be ahead of ours before its token counts as not yet issued.
    static let maxClockSkew = Duration.seconds(30)

    private let keys = JWTKeyCollection()
    /// Of tokens whose signature was found good lately: a program sends the same one with every request.
    private let recent = Mutex(RecentValues<String, AccessTokenClaims>(capacity: 10_000, lifetime: .seconds(60)))
    private let lifetime: Duration

    package init(secret: MasterSecret, lifetime: Duration = JWTAccessTokens.defaultLifetime) async {
        self.lifetime = lifetime
        await keys.add(hmac: HMACKey(key: secret.key(for: .accessToken)), digestAlgorithm: .sha256)
    }

    package func issue(
        for user: User,
        family: SessionID,
        at now: Timestamp
    ) async throws -> (token: String, lifetime: Duration) {
        let claims = AccessTokenClaims(
            iss: Self.issuer,
            sub: user.id.text,
            sid: family.text,
            iat: now.milliseconds / 1000,
            exp: (now + lifetime).milliseconds / 1000
        )
        return (try await keys.sign(claims), lifetime)
    }

    package func verify(_ token: String, at now: Timestamp) async throws -> AccessClaims {
        if let claims = recent.withLock({ $0.value(for: token, at: now) }) { return try claims.checked(at: now) }
        try Self.checkForm(token)
        let claims: AccessTokenClaims
        do {
            claims = try await keys.verify(token)
        } catch {
            throw Self.refused
        }
        let checked = try claims.checked(at: now)
        recent.withLock { $0.put(claims, for: token, at: now) }
        return checked
    }

    /// Refuses another algorithm, `crit` (RFC 7515 §4.1.11) and second spellings of the same bytes.
    private static func checkForm(_ token: String) throws(HubError) {
        guard token.utf8.count <= maxTokenBytes else { throw refused }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ Base64URL.isCanonical($0) }) else { throw refused }
        guard let parsed = try? DefaultJWTParser().parse(Array(token.utf8), as: AccessTokenClaims.self),
            parsed.header.alg == algorithm, parsed.header.fields["crit"] == nil
        else { throw refused }
    }

    static let refused = HubError.unauthorized("The access token is not valid. Sign in again.")
    static let expired = HubError.unauthorized("The access token has expired. Refresh it.")
}
