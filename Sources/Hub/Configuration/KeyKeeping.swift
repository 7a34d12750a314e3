import Domain
import Foundation
import Integrations

/// Who wraps data keys.
enum KeysProvider: String, Sendable, CaseIterable {
    /// Keys from `ENCRYPTION_SECRET`.
    case local
    case awsKMS = "aws-kms"
    case vaultTransit = "vault-transit"
}

/// Who keeps the keys that wrap data keys: one that wraps, and all others that are configured, which only unwrap.
struct KeyKeeping: Sendable {
    struct KMS: Sendable {
        let key: KMSKeyARN
        let retired: [KMSKeyARN]
        let credentials: AWSCredentials
        let url: String?
    }

    struct Transit: Sendable {
        let key: TransitKeyName
        let address: OutboundURL
        let token: SecretText?
        let tokenFile: String?
        let namespace: String?
        let caFile: String?
    }

    let provider: KeysProvider
    let kms: KMS?
    let transit: Transit?

    /// Throws when a keeper is set up in part, or chosen and not set up.
    init(_ reader: ConfigurationReader) throws(ConfigurationError) {
        provider = try reader.value(Settings.keysProvider)
        kms = try Self.kms(reader, isChosen: provider == .awsKMS)
        transit = try Self.transit(reader, isChosen: provider == .vaultTransit)
    }

    /// - Parameter local: Its keys open what they sealed, whoever wraps now.
    func keyring(_ local: LocalKeyProvider) throws(ConfigurationError) -> Keyring {
        var far: [KeysProvider: any KeyProvider] = [:]
        far[.awsKMS] = kms?.provider
        far[.vaultTransit] = try transit?.provider()
        let active = far.removeValue(forKey: provider)
        let others = KeysProvider.allCases.compactMap { far[$0] }
        return active.map { Keyring(active: $0, retired: [local] + others) } ?? Keyring(active: local, retired: others)
    }

    /// The one that wraps, unless it is the hub itself.
    func keeper() throws(ConfigurationError) -> (any KeyProvider)? {
        switch provider {
        case .local: nil
        case .awsKMS: kms?.provider
        case .vaultTransit: try transit?.provider()
        }
    }

    private static func kms(_ reader: ConfigurationReader, isChosen: Bool) throws(ConfigurationError) -> KMS? {
        let retired = try reader.value(Settings.retiredKMSKeys)
        guard let key = try reader.value(Settings.kmsKey) else {
            if isChosen { throw missing(Settings.kmsKey, for: "\(Settings.keysProvider.name) is aws-kms") }
            if !retired.isEmpty { throw missing(Settings.kmsKey, for: "\(Settings.retiredKMSKeys.name) is given") }
            return nil
        }
        let reason = "\(Settings.kmsKey.name) is given"
        guard let id = try reader.value(Settings.awsAccessKeyID) else {
            throw missing(Settings.awsAccessKeyID, for: reason)
        }
        guard let secret = try reader.value(Settings.awsSecretAccessKey) else {
            throw missing(Settings.awsSecretAccessKey, for: reason)
        }
        return KMS(
            key: key,
            retired: retired,
            credentials: AWSCredentials(
                accessKeyID: id,
                secretAccessKey: secret.reveal(),
                sessionToken: try reader.value(Settings.awsSessionToken)?.reveal()
            ),
            url: try reader.value(Settings.kmsURL)
        )
    }

    private static func transit(_ reader: ConfigurationReader, isChosen: Bool) throws(ConfigurationError) -> Transit? {
        guard let name = try reader.value(Settings.transitKey),
            let key = TransitKeyName(mount: try reader.value(Settings.transitMount), key: name)
        else {
            if isChosen { throw missing(Settings.transitKey, for: "\(Settings.keysProvider.name) is vault-transit") }
            return nil
        }
        let reason = "\(Settings.transitKey.name) is given"
        guard let address = try reader.value(Settings.vaultAddress) else {
            throw missing(Settings.vaultAddress, for: reason)
        }
        let token = try reader.value(Settings.vaultToken)
        let tokenFile = try reader.value(Settings.vaultTokenFile)
        guard token != nil || tokenFile != nil else { throw missing(Settings.vaultToken, for: reason) }
        return Transit(
            key: key, address: address, token: token, tokenFile: tokenFile,
            namespace: try reader.value(Settings.vaultNamespace), caFile: try reader.value(Settings.vaultCAFile))
    }

    private static func missing<Value>(_ absent: Setting<Value>, for reason: String) -> ConfigurationError {
        ConfigurationError(name: absent.name, problem: "is missing while \(reason)", accepted: absent.accepted)
    }
}

extension KeyKeeping.KMS {
    fileprivate var provider: KMSKeyProvider {
        KMSKeyProvider(active: key, retired: retired, credentials: credentials, endpoint: url, now: { .present })
    }
}

extension KeyKeeping.Transit {
    fileprivate func provider() throws(ConfigurationError) -> TransitKeyProvider {
        do {
            return try TransitKeyProvider(key, at: address, namespace: namespace, caFile: caFile) { currentToken }
        } catch {
            throw ConfigurationError(
                name: Settings.vaultCAFile.name,
                problem: "\"\(caFile ?? "")\" cannot be read as a certificate",
                accepted: Settings.vaultCAFile.accepted
            )
        }
    }

    /// Of the file, when there is one.
    private var currentToken: String? {
        guard let tokenFile else { return token?.reveal() }
        let text = try? String(contentsOfFile: tokenFile, encoding: .utf8)
        return text.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
