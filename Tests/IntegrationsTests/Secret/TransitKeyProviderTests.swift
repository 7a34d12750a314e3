import Domain
import Foundation
import Testing

@testable import Integrations

/// What follows from the answers of Vault. That the requests are right is shown against `hub-fakes vault`.
@Suite struct TransitKeyProviderTests {
    private func provider(_ url: String, token: String? = "vault-token") throws -> TransitKeyProvider {
        var retry = KeeperRetry()
        retry.firstPause = .milliseconds(1)
        retry.timeout = .seconds(20)
        return try TransitKeyProvider(
            try #require(TransitKeyName(mount: "shop/transit", key: "twocards")),
            at: try #require(OutboundURL(url)),
            namespace: "team",
            retry: retry,
            token: { token }
        )
    }

    private func wrapped(_ text: String = "vault:v2:AAAA", version: Int = 2) throws -> WrappedKey {
        let name = try #require(KeyName("vault-transit:shop/transit/twocards:v\(version)"))
        return try #require(WrappedKey(kek: name, bytes: Array(text.utf8)))
    }

    private static func state(latest: Int, least: Int, type: String = "aes256-gcm96") -> ScriptedServer.Act {
        ScriptedServer.json(
            200, #"{"data":{"type":"\#(type)","latest_version":\#(latest),"min_decryption_version":\#(least)}}"#)
    }

    private static let refusal = ScriptedServer.json(400, #"{"errors":["cipher: message authentication failed"]}"#)

    @Test func theVersionIsPartOfTheName() async throws {
        let key = SealingKey.make()
        let server = try await ScriptedServer([
            ScriptedServer.json(200, #"{"data":{"ciphertext":"vault:v7:QUJD","key_version":7}}"#),
            ScriptedServer.json(200, #"{"data":{"plaintext":"\#(Data(key.bytes).base64EncodedString())"}}"#),
            Self.state(latest: 9, least: 1),
        ])
        let provider = try provider(server.url)
        let wrapped = try await provider.wrap(key)
        #expect(wrapped.kek.description == "vault-transit:shop/transit/twocards:v7")
        #expect(try await provider.unwrap(wrapped).bytes == key.bytes)
        #expect(try await provider.activeKey().description == "vault-transit:shop/transit/twocards:v9")
        let paths = ["POST /v1/shop/transit/encrypt/", "POST /v1/shop/transit/decrypt/", "GET /v1/shop/transit/keys/"]
        for (request, path) in zip(server.requests, paths) {
            #expect(request.hasPrefix(path + "twocards HTTP/1.1\r\n"))
            let lower = request.lowercased()
            #expect(lower.contains("x-vault-token: vault-token\r\n") && lower.contains("x-vault-namespace: team\r\n"))
        }
        let data = Data("v1|data-key|vault-transit:shop/transit/twocards".utf8).base64EncodedString()
        #expect(server.requests[0].contains(#""associated_data":"\#(data)""#))
        #expect(server.requests[1].contains(#""associated_data":"\#(data)""#))
        try await server.close()
    }

    @Test func whatIsAlteredAndWhatIsTooOldAreToldApart() async throws {
        let old = try wrapped()
        try await ScriptedServer.with(Self.refusal, Self.state(latest: 4, least: 1)) { server in
            let provider = try provider(server.url)
            await #expect(throws: HubError.cannotOpenSecret) { try await provider.unwrap(old) }
        }
        try await ScriptedServer.with(Self.refusal, Self.state(latest: 4, least: 3)) { server in
            let provider = try provider(server.url)
            await #expect(throws: HubError.keyNotAvailable(old.kek)) { try await provider.unwrap(old) }
        }
    }

    /// The name stands outside of the seal, so it is compared with what Vault wrote.
    @Test func anotherVersionInTheNameIsRefused() async throws {
        let altered = try wrapped("vault:v2:AAAA", version: 3)
        let provider = try provider("http://127.0.0.1:1")
        await #expect(throws: HubError.cannotOpenSecret) { try await provider.unwrap(altered) }
        let other = try #require(KeyName("vault-transit:transit/twocards:v1"))
        let foreign = try #require(WrappedKey(kek: other, bytes: [1]))
        await #expect(throws: HubError.keyNotAvailable(other)) { try await provider.unwrap(foreign) }
    }

    @Test(arguments: [(403, "token", 1), (404, "no key", 1), (429, "busy", 3), (500, "busy", 3), (503, "sealed", 3)])
    func refusalsAreTold(_ status: Int, _ word: String, _ tries: Int) async throws {
        try await ScriptedServer.with(ScriptedServer.json(status, #"{"errors":["XX"]}"#)) { server in
            let provider = try provider(server.url)
            let error = await #expect(throws: HubError.self) { try await provider.check() }
            #expect(error?.isOfKeeper == true && error?.message.contains(word) == true)
            #expect(server.requests.count == tries && error?.message.contains("XX") == false)
        }
    }

    @Test func aKeyOfAnotherTypeIsRefused() async throws {
        try await ScriptedServer.with(Self.state(latest: 1, least: 1, type: "rsa-2048")) { server in
            let provider = try provider(server.url)
            await #expect(throws: HubError.self) { try await provider.check() }
        }
    }

    @Test func withoutATokenNothingIsAsked() async throws {
        try await ScriptedServer.with(Self.state(latest: 1, least: 1)) { server in
            let provider = try provider(server.url, token: nil)
            let error = await #expect(throws: HubError.self) { try await provider.check() }
            #expect(error?.isOfKeeper == true && server.requests.isEmpty)
        }
    }
}
