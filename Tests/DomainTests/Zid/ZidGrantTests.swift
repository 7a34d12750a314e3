import HubTestKit
import Testing

@testable import Domain

@Suite struct ZidGrantTests {
    private static let now = Samples.start

    private static func json(_ text: String) throws -> JSONValue { try JSONParser.parse(text, maxDepth: 32) }

    private static func values(_ stored: [String: String]) -> IntegrationValues {
        IntegrationValues(.zid, stored: stored, environment: [:])
    }

    private static let stored = ["client_id": "48", "client_secret": "s3", "refresh_token": "r/1"]

    @Test func aGrantIsAForm() throws {
        let grant = try #require(ZidGrant(Self.values(Self.stored)))
        #expect(grant.address.text == "https://oauth.zid.sa/oauth/token")
        #expect(
            grant.form.text == "grant_type=refresh_token&client_id=48&client_secret=s3&refresh_token=r%2F1")
        let more = ["redirect_uri": "https://shop.example/back", "token_url": "http://127.0.0.1:1/oauth/token"]
        let other = try #require(ZidGrant(Self.values(Self.stored.merging(more) { $1 })))
        #expect(other.form["redirect_uri"] == "https://shop.example/back" && other.address.port == 1)
        var dumped = ""
        dump(grant, to: &dumped)
        #expect(!"\(grant) \(dumped)".contains("s3"))
    }

    @Test func withoutAPartThereIsNone() {
        for name in ZidKeyLife.fields {
            #expect(ZidGrant(Self.values(Self.stored.filter { $0.key != name })) == nil)
        }
    }

    @Test(arguments: ["Authorization", "authorization"])
    func keysAreReadAsZidWritesThem(_ name: String) throws {
        let json = try Self.json(
            #"{"access_token":"m2","\#(name)":"Bearer a2","refresh_token":"r2","expires_in":31536000}"#)
        let keys = try #require(ZidNewKeys(json: json, at: Self.now))
        #expect(keys.manager == "m2" && keys.authorization == "a2" && keys.refresh == "r2")
        #expect(keys.end == Self.now + .seconds(31_536_000))
        #expect(keys.fields.count == 4 && keys.fields["keys_expire_at"] == keys.end.rfc3339)
        #expect(!"\(keys)".contains("m2"))
    }

    @Test func whatZidDoesNotGiveStays() throws {
        let keys = try #require(ZidNewKeys(json: try Self.json(#"{"access_token":"m2"}"#), at: Self.now))
        #expect(keys.fields.keys.sorted() == ["keys_expire_at", "manager_token"])
        #expect(keys.end == Self.now + ZidNewKeys.usualLife)
        let text = try Self.json(#"{"access_token":"m2","expires_in":"60","refresh_token":" "}"#)
        #expect(ZidNewKeys(json: text, at: Self.now)?.end == Self.now + .seconds(60))
        #expect(ZidNewKeys(json: text, at: Self.now)?.refresh == nil)
    }

    @Test(arguments: ["{}", #"{"access_token":""}"#, #"{"access_token":"two words"}"#, #"{"access_token":7}"#, "[]"])
    func whatHoldsNoKeyIsNone(_ text: String) throws {
        #expect(ZidNewKeys(json: try Self.json(text), at: Self.now) == nil)
    }

    @Test(arguments: [
        (400, #"{"error":"invalid_grant"}"#, ZidGrantAnswer.no(.grantRefused)),
        (401, #"{"error":"invalid_grant"}"#, .no(.clientRefused)),
        (401, #"{"error":"invalid_client"}"#, .no(.clientRefused)),
        (400, #"{"error":"unauthorized_client"}"#, .no(.clientRefused)),
        (429, "{}", .later(.limited, retryAfter: .seconds(7), mayHaveHappened: false)),
        (500, "{}", .later(.unreachable, retryAfter: .seconds(7), mayHaveHappened: true)),
        (502, "null", .later(.unreachable, retryAfter: .seconds(7), mayHaveHappened: true)),
        (200, "{}", .later(.unclear, retryAfter: nil, mayHaveHappened: true)),
        (302, "{}", .later(.unclear, retryAfter: .seconds(7), mayHaveHappened: false)),
        (404, "{}", .later(.unclear, retryAfter: .seconds(7), mayHaveHappened: false)),
        (400, #"{"error":"invalid_request"}"#, .later(.unclear, retryAfter: .seconds(7), mayHaveHappened: false)),
    ])
    func everyAnswerMeansSomething(_ status: Int, _ body: String, _ answer: ZidGrantAnswer) throws {
        #expect(
            ZidGrantAnswer(status: status, json: try Self.json(body), retryAfter: .seconds(7), at: Self.now) == answer)
    }

    @Test func aPageIsNoAnswer() {
        #expect(
            ZidGrantAnswer(status: 200, json: nil, retryAfter: nil, at: Self.now)
                == .later(.unclear, retryAfter: nil, mayHaveHappened: true))
    }
}
