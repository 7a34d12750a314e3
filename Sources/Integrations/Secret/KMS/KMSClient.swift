import Domain
import Foundation
import NIOHTTP1

/// Three operations of AWS KMS: JSON 1.1 over POST, signed (API Reference, service model 2014-11-01).
struct KMSClient: Sendable {
    private let url: OutboundURL
    private let signature: AWSSignature
    private let http: OutboundClient
    private let retry: KeeperRetry
    private let now: @Sendable () -> Timestamp

    private static let contentType = "application/x-amz-json-1.1"

    init(
        _ url: OutboundURL,
        region: String,
        credentials: AWSCredentials,
        http: OutboundClient,
        retry: KeeperRetry,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.url = url
        self.http = http
        self.retry = retry
        self.now = now
        signature = AWSSignature(credentials: credentials, region: region, service: "kms")
    }

    /// What the key sealed, with this context bound to it.
    func encrypt(
        _ bytes: [UInt8], under key: KMSKeyARN, context: [String: String]
    ) async throws(KMSFailure) -> [UInt8] {
        let answer = try await ask(
            "Encrypt",
            [
                "KeyId": .string(key.text), "Plaintext": .string(Data(bytes).base64EncodedString()),
                "EncryptionContext": Self.object(context),
            ])
        guard let sealed = answer["CiphertextBlob"]?.string.flatMap({ Data(base64Encoded: $0) }),
            answer["KeyId"]?.string == key.text
        else { throw .garbled }
        return Array(sealed)
    }

    /// KMS itself refuses when another key than this sealed it.
    func decrypt(
        _ sealed: [UInt8], under key: KMSKeyARN, context: [String: String]
    ) async throws(KMSFailure) -> [UInt8] {
        let answer = try await ask(
            "Decrypt",
            [
                "KeyId": .string(key.text), "CiphertextBlob": .string(Data(sealed).base64EncodedString()),
                "EncryptionContext": Self.object(context),
            ])
        guard answer["KeyId"]?.string == key.text,
            let plain = answer["Plaintext"]?.string.flatMap({ Data(base64Encoded: $0) })
        else { throw .garbled }
        return Array(plain)
    }

    /// The state of the key, `Enabled` when it can be used.
    func state(of key: KMSKeyARN) async throws(KMSFailure) -> String {
        let answer = try await ask("DescribeKey", ["KeyId": .string(key.text)])
        guard let state = answer["KeyMetadata"]?["KeyState"]?.string else { throw .garbled }
        return state
    }

    private static func object(_ context: [String: String]) -> JSONValue {
        .object(context.mapValues(JSONValue.string))
    }

    private func ask(_ operation: String, _ body: JSONValue) async throws(KMSFailure) -> JSONValue {
        var tries = 0
        while true {
            let failure: KMSFailure
            do throws(KMSFailure) {
                return try await askOnce(operation, Array(body.text.utf8))
            } catch {
                failure = error
            }
            tries += 1
            guard case .away(let asked) = failure,
                let pause = retry.pause(after: tries, asked: asked, chance: .random(in: 0...1)),
                (try? await Task.sleep(for: pause)) != nil
            else { throw failure }
        }
    }

    private func askOnce(_ operation: String, _ body: [UInt8]) async throws(KMSFailure) -> JSONValue {
        let headers = [
            (name: "Content-Type", value: Self.contentType), (name: "X-Amz-Target", value: "TrentService.\(operation)"),
        ]
        let signed = signature.headers(
            for: .init(path: url.target, headers: [(name: "Host", value: url.authority)] + headers, body: body),
            at: now()
        )
        let request = OutboundRequest(.POST, url, headers: headers + signed, body: body)
        switch await http.send(request, within: retry.timeout) {
        case .answer(let answer) where answer.status == 200:
            guard let document = answer.json else { throw .garbled }
            return document
        case .answer(let answer): throw KMSFailure(answer)
        case .failed(.forbidden, _), .failed(.untrusted, _), .failed(.tooLarge, _): throw .garbled
        case .failed(.unreachable, _), .failed(.late, _), .failed(.garbled, _): throw .away(retryAfter: nil)
        }
    }
}
