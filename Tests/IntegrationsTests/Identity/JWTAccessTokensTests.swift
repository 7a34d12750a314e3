import Crypto
import Domain
import Foundation
import JWTKit
import Testing

@testable import Integrations

@Suite struct JWTAccessTokensTests {
    private let now = Timestamp(milliseconds: 1_795_000_000_500)
    private let secret: MasterSecret
    private let user: User
    private let family: SessionID

    init() throws {
        secret = try MasterSecret(base64: Data(0..<32).base64EncodedString())
        user = User(
            id: .make(at: now),
            email: "sara@example.com",
            name: "سارة",
            role: .agent,
            isDisabled: false,
            createdAt: now
        )
        family = SessionID.make(at: now)
    }

    private func tokens() async -> JWTAccessTokens { await JWTAccessTokens(secret: secret) }

    @Test func saysWhoUntilWhen() async throws {
        let tokens = await tokens()
        let (token, lifetime) = try await tokens.issue(for: user, family: family, at: now)
        #expect(lifetime == .seconds(900))
        let claims = try await tokens.verify(token, at: now)
        #expect(claims.user == user.id)
        #expect(claims.family == family)
        #expect(claims.expiresAt == Timestamp(milliseconds: 1_795_000_900_000))
        #expect(!token.contains(user.email))
    }

    @Test func lastsAsLongAsSet() async throws {
        let tokens = await JWTAccessTokens(secret: secret, lifetime: .seconds(3))
        let (token, lifetime) = try await tokens.issue(for: user, family: family, at: now)
        #expect(lifetime == .seconds(3))
        #expect(try await tokens.verify(token, at: now + .seconds(2)).user == user.id)
        await #expect(throws: JWTAccessTokens.expired) { try await tokens.verify(token, at: now + .seconds(3)) }
    }

    @Test func isGoodOnAnotherHubWithTheSameSecretOnly() async throws {
        let (token, _) = try await tokens().issue(for: user, family: family, at: now)
        let sibling = await tokens()
        #expect(try await sibling.verify(token, at: now).user == user.id)

        let other = try MasterSecret(base64: Data(1..<33).base64EncodedString())
        let stranger = await JWTAccessTokens(secret: other)
        await #expect(throws: JWTAccessTokens.refused) { try await stranger.verify(token, at: now) }
    }

    @Test func aTokenFromTheFutureIsRefused() async throws {
        let tokens = await tokens()
        let (token, _) = try await tokens.issue(for: user, family: family, at: now + .seconds(120))
        await #expect(throws: JWTAccessTokens.refused) { try await tokens.verify(token, at: now) }
        #expect(try await tokens.verify(token, at: now + .seconds(100)).user == user.id)
    }

    @Test func everyAlteredCharacterIsRefused() async throws {
        let tokens = await tokens()
        let (token, _) = try await tokens.issue(for: user, family: family, at: now)
        for index in token.indices where token[index] != "." {
            for replacement in "AB9_" where replacement != token[index] {
                let altered = token.replacingCharacters(in: index...index, with: String(replacement))
                await #expect(throws: HubError.self, "altered at \(index)") {
                    try await tokens.verify(altered, at: now)
                }
            }
        }
    }

    /// Headers that other libraries were fooled by, each over claims that would be good.
    @Test(arguments: [
        #"{"alg":"none","typ":"JWT"}"#, #"{"alg":"None"}"#, #"{"alg":"NONE"}"#, #"{"alg":""}"#, #"{"typ":"JWT"}"#,
        #"{"alg":"HS512","typ":"JWT"}"#, #"{"alg":"RS256"}"#, #"{"alg":"hs256"}"#, #"{"alg":null}"#,
        #"{"alg":["HS256"]}"#, #"{"alg":"HS256","crit":["exp"]}"#, "[]", "{", "",
    ])
    func anotherHeaderIsRefused(_ header: String) async throws {
        let tokens = await tokens()
        let signed = forged(header: header, claims: goodClaims)
        let unsigned = signed.prefix(through: try #require(signed.lastIndex(of: ".")))
        for token in [signed, String(unsigned)] {
            await #expect(throws: JWTAccessTokens.refused) { try await tokens.verify(token, at: now) }
        }
    }

    /// The forger of these tests holds the key: what it makes with the right header and claims is good.
    @Test func theForgerItselfIsRight() async throws {
        let token = forged(header: #"{"alg":"HS256","typ":"JWT"}"#, claims: goodClaims)
        #expect(try await tokens().verify(token, at: now).user == user.id)
    }

    @Test(arguments: [
        ("iss", "\"elsewhere\""), ("iss", "null"), ("sub", "\"u_1\""), ("sub", "7"), ("sid", "\"\""),
        ("exp", "\"soon\""), ("exp", "9223372036854775807"), ("exp", "null"), ("iat", "99999999999"),
    ])
    func wrongClaimsAreRefused(_ name: String, _ value: String) async throws {
        let tokens = await tokens()
        let token = forged(header: #"{"alg":"HS256"}"#, claims: goodClaims.merging([name: value]) { $1 })
        await #expect(throws: JWTAccessTokens.refused) { try await tokens.verify(token, at: now) }
    }

    @Test(arguments: ["", ".", "..", "...", "a.b.c", "سلام", String(repeating: "a", count: 1 << 20)])
    func nonsenseIsRefusedWithoutBeingShown(_ token: String) async throws {
        let tokens = await tokens()
        let error = try #require(await #expect(throws: HubError.self) { try await tokens.verify(token, at: now) })
        #expect(error == JWTAccessTokens.refused)
    }

    private var goodClaims: [String: String] {
        [
            "iss": "\"twocards-hub\"", "sub": "\"\(user.id)\"", "sid": "\"\(family)\"",
            "iat": "1795000000", "exp": "1795000900",
        ]
    }

    private func forged(header: String, claims: [String: String]) -> String {
        let json = "{" + claims.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
        let signed = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(json.utf8))"
        let code = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: secret.key(for: .accessToken))
        return "\(signed).\(Base64URL.encode(code))"
    }
}
