import Crypto
import Foundation

/// A running transit engine with one key of the type `aes256-gcm96`, and what shall go wrong.
actor VaultFake {
    /// What is answered: a status and a document; no document for an empty answer.
    typealias Answer = (status: Int, body: JSON?)

    private struct Fault {
        let status: Int
        var times: Int
    }

    private let token: String
    private let namespace: String
    private let mount: String
    private let key: String
    /// The first one is version 1.
    private var versions = [SymmetricKey(size: .bits256)]
    private var minDecryptionVersion = 1
    private var isSealed = false
    private var faults: [Fault] = []
    private(set) var log: [JSON] = []

    private static let maxLogged = 10_000

    init(token: String, namespace: String, mount: String, key: String) {
        self.token = token
        self.namespace = namespace
        self.mount = mount
        self.key = key
    }

    func seal(_ isSealed: Bool) { self.isSealed = isSealed }

    func fail(with status: Int, times: Int) { faults.append(Fault(status: status, times: times)) }

    /// As Vault looks at a request: sealed or not, quota, token, path, and then what is asked.
    func answer(_ method: String, _ path: String, token given: String?, namespace named: String?, body: JSON) -> Answer
    {
        let answer = judged(method, path, given, named, body)
        log.append(["method": .string(method), "path": .string(path), "status": .integer(Int64(answer.status))])
        log.removeFirst(max(0, log.count - Self.maxLogged))
        return answer
    }

    private func judged(
        _ method: String, _ path: String, _ given: String?, _ named: String?, _ body: JSON
    ) -> Answer {
        if path == "/v1/sys/health" { return (isSealed ? 503 : 200, ["sealed": .bool(isSealed)]) }
        guard !isSealed else { return Self.errors(503, "Vault is sealed") }
        if let place = faults.firstIndex(where: { $0.times > 0 }) {
            faults[place].times -= 1
            let status = faults[place].status
            return Self.errors(status, status == 429 ? "request path quota exceeded" : "fault")
        }
        guard given == token else { return Self.errors(403, "permission denied") }
        let head = "/v1/\(mount)/"
        guard (named ?? "") == namespace, path.hasPrefix(head) else { return Self.errors(404) }
        switch (method, path.dropFirst(head.count)) {
        case ("POST", "encrypt/\(key)"): return encrypt(body)
        case ("POST", "decrypt/\(key)"): return decrypt(body)
        case ("POST", "keys/\(key)/rotate"):
            versions.append(SymmetricKey(size: .bits256))
            return (200, state)
        case ("POST", "keys/\(key)/config"):
            let least = Int(body["min_decryption_version"]?.integer ?? 0)
            guard (1...versions.count).contains(least) else { return Self.errors(400, "cannot set min decryption") }
            minDecryptionVersion = least
            return (200, state)
        case ("GET", "keys/\(key)"): return (200, state)
        case ("POST", "decrypt/"), ("GET", _): return Self.errors(404)
        default: return Self.errors(400, "encryption key not found")
        }
    }

    private var state: JSON {
        [
            "data": [
                "name": .string(key), "type": "aes256-gcm96", "latest_version": .integer(Int64(versions.count)),
                "min_decryption_version": .integer(Int64(minDecryptionVersion)), "min_encryption_version": 0,
                "deletion_allowed": false, "exportable": false, "supports_encryption": true,
            ]
        ]
    }

    private func encrypt(_ body: JSON) -> Answer {
        guard let plaintext = body["plaintext"]?.string.flatMap({ Data(base64Encoded: $0) }),
            let data = Self.associatedData(body),
            let box = try? AES.GCM.seal(plaintext, using: versions[versions.count - 1], authenticating: data),
            let combined = box.combined
        else { return Self.errors(400, "failed to base64-decode plaintext") }
        let text = "vault:v\(versions.count):\(combined.base64EncodedString())"
        return (200, ["data": ["ciphertext": .string(text), "key_version": .integer(Int64(versions.count))]])
    }

    private func decrypt(_ body: JSON) -> Answer {
        let parts = body["ciphertext"]?.string?.split(separator: ":") ?? []
        guard parts.count == 3, parts[0] == "vault", let version = Int(parts[1].dropFirst()),
            let combined = Data(base64Encoded: String(parts[2])), let data = Self.associatedData(body)
        else { return Self.errors(400, "invalid ciphertext: no prefix") }
        guard version >= minDecryptionVersion else {
            return Self.errors(400, "ciphertext or signature version is disallowed by policy (too old)")
        }
        guard (1...versions.count).contains(version), let box = try? AES.GCM.SealedBox(combined: combined),
            let plaintext = try? AES.GCM.open(box, using: versions[version - 1], authenticating: data)
        else { return Self.errors(400, "cipher: message authentication failed") }
        return (200, ["data": ["plaintext": .string(plaintext.base64EncodedString())]])
    }

    private static func associatedData(_ body: JSON) -> Data? {
        guard let text = body["associated_data"]?.string else { return Data() }
        return Data(base64Encoded: text)
    }

    private static func errors(_ status: Int, _ words: String...) -> Answer {
        (status, ["errors": .array(words.map(JSON.string))])
    }
}
