import Domain
import Foundation
import HubTestKit
import Testing

@testable import Integrations

/// What follows from the answers of AWS KMS. That the requests are right is shown against `moto`, from outside.
@Suite struct KMSKeyProviderTests {
    private static let text = "arn:aws:kms:me-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

    private func provider(
        _ url: String,
        retired: [KMSKeyARN] = [],
        timeout: Duration = .seconds(20)
    ) throws -> KMSKeyProvider {
        var retry = KeeperRetry()
        retry.firstPause = .milliseconds(1)
        retry.timeout = timeout
        return KMSKeyProvider(
            active: try #require(KMSKeyARN(Self.text)),
            retired: retired,
            credentials: AWSCredentials(accessKeyID: "AKID", secretAccessKey: "secret-key", sessionToken: "token"),
            endpoint: url,
            retry: retry,
            now: { Samples.start }
        )
    }

    private func wrapped(_ bytes: [UInt8] = [1, 2, 3]) throws -> WrappedKey {
        let name = try #require(KeyName("aws-kms:" + Self.text))
        return try #require(WrappedKey(kek: name, bytes: bytes))
    }

    private static func refusal(_ type: String, _ status: Int = 400) -> ScriptedServer.Act {
        ScriptedServer.json(status, #"{"__type":"\#(type)","message":"no"}"#)
    }

    @Test func aDataKeyIsWrappedAndUnwrapped() async throws {
        let key = SealingKey.make()
        let sealed = Data([9, 8, 7]).base64EncodedString()
        let answers = [
            ScriptedServer.json(200, #"{"CiphertextBlob":"\#(sealed)","KeyId":"\#(Self.text)"}"#),
            ScriptedServer.json(
                200, #"{"Plaintext":"\#(Data(key.bytes).base64EncodedString())","KeyId":"\#(Self.text)"}"#),
        ]
        let server = try await ScriptedServer(answers)
        let provider = try provider(server.url)
        let wrapped = try await provider.wrap(key)
        #expect(wrapped.kek.description == "aws-kms:" + Self.text && wrapped.bytes == [9, 8, 7])
        #expect(try await provider.unwrap(wrapped).bytes == key.bytes)
        for (request, operation) in zip(server.requests, ["Encrypt", "Decrypt"]) {
            let lower = request.lowercased()
            #expect(request.hasPrefix("POST / HTTP/1.1\r\n"))
            #expect(lower.contains("x-amz-target: trentservice.\(operation.lowercased())\r\n"))
            #expect(lower.contains("content-type: application/x-amz-json-1.1\r\n"))
            #expect(lower.contains("x-amz-security-token: token\r\n"))
            #expect(request.contains(#""EncryptionContext":{"application":"twocards-hub","purpose":"data-key"}"#))
            #expect(request.contains(#""KeyId":"\#(Self.text)""#) && !request.contains("secret-key"))
        }
        try await server.close()
    }

    @Test(arguments: [
        ("InvalidCiphertextException", HubError.cannotOpenSecret),
        ("com.amazonaws.kms#IncorrectKeyException", .cannotOpenSecret),
        ("NotFoundException", nil), ("DisabledException", nil), ("KMSInvalidStateException:http://x", nil),
    ])
    func aRefusedUnwrappingSaysWhy(_ type: String, _ error: HubError?) async throws {
        let wrapped = try wrapped()
        try await ScriptedServer.with(Self.refusal(type)) { server in
            let provider = try provider(server.url)
            await #expect(throws: error ?? .keyNotAvailable(wrapped.kek)) { try await provider.unwrap(wrapped) }
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [
        "AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException",
    ])
    func abadCredentialIsToldAndNotTriedAgain(_ type: String) async throws {
        let wrapped = try wrapped()
        try await ScriptedServer.with(Self.refusal(type)) { server in
            let provider = try provider(server.url)
            let error = await #expect(throws: HubError.self) { try await provider.unwrap(wrapped) }
            #expect(error?.isOfKeeper == true && error?.message.contains("credential") == true)
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [
        refusal("ThrottlingException"), refusal("KeyUnavailableException", 500),
        refusal("DependencyTimeoutException", 503), refusal("KMSInternalException", 500),
        ServiceSample.text(502, "<html>"), .hangUp, .silence,
    ])
    func anOutageIsTriedThriceAndTold(_ act: ScriptedServer.Act) async throws {
        try await ScriptedServer.with(act) { server in
            let provider = try provider(server.url, timeout: [act].patience)
            let error = await #expect(throws: HubError.self) { try await provider.wrap(.make()) }
            #expect(error?.isOfKeeper == true && server.requests.count == 3)
        }
    }

    @Test func onlyAnEnabledKeyIsGood() async throws {
        func state(_ state: String) -> ScriptedServer.Act {
            ScriptedServer.json(200, #"{"KeyMetadata":{"KeyState":"\#(state)","Arn":"\#(Self.text)"}}"#)
        }
        try await ScriptedServer.with(state("Enabled")) { try await provider($0.url).check() }
        for other in ["Disabled", "PendingDeletion", "Unavailable"] {
            try await ScriptedServer.with(state(other)) { server in
                let provider = try provider(server.url)
                await #expect(throws: HubError.self) { try await provider.check() }
            }
        }
    }

    @Test func anotherKeyIsNotAskedFor() async throws {
        let other = Self.text.replacing("1234567890ab", with: "000000000000")
        let retired = try #require(KMSKeyARN(other))
        let provider = try provider("http://127.0.0.1:1", retired: [retired])
        #expect(provider.holds(retired.name) && provider.retiredKeys == [retired.name])
        let unknown = try #require(KeyName("aws-kms:" + Self.text.replacing("me-central-1", with: "eu-west-1")))
        let wrapped = try #require(WrappedKey(kek: unknown, bytes: [1]))
        await #expect(throws: HubError.keyNotAvailable(unknown)) { try await provider.unwrap(wrapped) }
    }

    @Test(arguments: [
        "alias/twocards", "arn:aws:kms:me-central-1:111122223333:alias/twocards", "1234abcd",
        "arn:aws:kms:me-central-1:1111:key/1", "arn:aws:s3:me-central-1:111122223333:key/1",
        "arn:aws:kms:me central:111122223333:key/1", "arn:aws:kms:me-central-1:111122223333:key/",
    ])
    func onlyTheFullNameOfAKeyIsTaken(_ text: String) {
        #expect(KMSKeyARN(text) == nil)
    }
}
