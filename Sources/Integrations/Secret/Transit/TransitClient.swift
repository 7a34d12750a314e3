import Domain
import Foundation
import NIOHTTP1

/// Three calls of Vault's transit engine, which OpenBao has as well (HTTP API, "Transit secrets engine").
struct TransitClient: Sendable {
    /// What is known of a key over there.
    struct KeyState: Sendable, Equatable {
        let latestVersion: Int
        /// Older ones are not opened any more.
        let minDecryptionVersion: Int
        let type: String
    }

    private let address: OutboundURL
    private let name: TransitKeyName
    private let namespace: String?
    private let token: @Sendable () throws(TransitFailure) -> String
    private let http: OutboundClient
    private let retry: KeeperRetry

    /// - Parameter token: Asked for each request, because somebody else may renew it.
    init(
        _ address: OutboundURL,
        _ name: TransitKeyName,
        namespace: String?,
        http: OutboundClient,
        retry: KeeperRetry,
        token: @escaping @Sendable () throws(TransitFailure) -> String
    ) {
        self.address = address
        self.name = name
        self.namespace = namespace
        self.token = token
        self.http = http
        self.retry = retry
    }

    /// `vault:v3:…` under the latest version.
    func encrypt(_ bytes: [UInt8], authenticating data: [UInt8]) async throws(TransitFailure) -> String {
        let answer = try await ask(
            .POST, "encrypt",
            [
                "plaintext": .string(Data(bytes).base64EncodedString()),
                "associated_data": .string(Data(data).base64EncodedString()),
            ])
        guard let text = answer["data"]?["ciphertext"]?.string else { throw .garbled }
        return text
    }

    func decrypt(_ ciphertext: String, authenticating data: [UInt8]) async throws(TransitFailure) -> [UInt8] {
        let answer = try await ask(
            .POST, "decrypt",
            [
                "ciphertext": .string(ciphertext),
                "associated_data": .string(Data(data).base64EncodedString()),
            ])
        guard let plain = answer["data"]?["plaintext"]?.string.flatMap({ Data(base64Encoded: $0) }) else {
            throw .garbled
        }
        return Array(plain)
    }

    func state() async throws(TransitFailure) -> KeyState {
        let answer = try await ask(.GET, "keys", nil)
        guard let data = answer["data"], let latest = data["latest_version"]?.integer.flatMap({ Int(exactly: $0) }),
            let least = data["min_decryption_version"]?.integer.flatMap({ Int(exactly: $0) }),
            let type = data["type"]?.string
        else { throw .garbled }
        return KeyState(latestVersion: latest, minDecryptionVersion: least, type: type)
    }

    private func ask(_ method: HTTPMethod, _ call: String, _ body: JSONValue?) async throws(TransitFailure) -> JSONValue
    {
        var tries = 0
        while true {
            let failure: TransitFailure
            do throws(TransitFailure) {
                return try await askOnce(method, call, body)
            } catch {
                failure = error
            }
            tries += 1
            guard case .away(_, let asked) = failure,
                let pause = retry.pause(after: tries, asked: asked, chance: .random(in: 0...1)),
                (try? await Task.sleep(for: pause)) != nil
            else { throw failure }
        }
    }

    private func askOnce(
        _ method: HTTPMethod,
        _ call: String,
        _ body: JSONValue?
    ) async throws(TransitFailure) -> JSONValue {
        var headers = [("X-Vault-Token", try token()), ("X-Vault-Request", "true")]
        if let namespace { headers.append(("X-Vault-Namespace", namespace)) }
        let url = address.appending("v1/\(name.mount)/\(call)/\(name.key)")
        let request =
            body.map { OutboundRequest(method, url, headers: headers, json: $0) }
            ?? OutboundRequest(method, url, headers: headers)
        switch await http.send(request, within: retry.timeout) {
        case .answer(let answer) where answer.status == 200:
            guard let document = answer.json else { throw .garbled }
            return document
        case .answer(let answer): throw TransitFailure(answer)
        case .failed(.forbidden, _), .failed(.untrusted, _), .failed(.tooLarge, _): throw .garbled
        case .failed(.unreachable, _), .failed(.late, _), .failed(.garbled, _):
            throw .away(isSealed: false, retryAfter: nil)
        }
    }
}
