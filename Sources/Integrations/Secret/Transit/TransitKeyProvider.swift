package import Domain
import NIOSSL

/// Key-encryption keys in the transit engine of HashiCorp Vault or OpenBao, which never leave it.
///
/// The version that wrapped a data key is part of its key's name. So a key that was rotated over there is one that
/// `hub keys rotate` wraps anew for, and it shows when an old version may go (`min_decryption_version`).
package struct TransitKeyProvider: KeyProvider {
    private static let keeper = "Vault"
    /// The only type whose seal can be bound to its associated data by AES-256-GCM.
    private static let type = "aes256-gcm96"

    private let name: TransitKeyName
    private let client: TransitClient

    /// - Parameters:
    ///   - caFile: A certificate in PEM that is trusted beside those of the system.
    ///   - token: Asked for each request; nil when there is none to be had.
    /// Throws when the file cannot be read as a certificate.
    package init(
        _ name: TransitKeyName,
        at address: OutboundURL,
        namespace: String? = nil,
        caFile: String? = nil,
        retry: KeeperRetry = KeeperRetry(),
        token: @escaping @Sendable () -> String?
    ) throws {
        let roots = try caFile.map { try NIOSSLCertificate.fromPEMFile($0) } ?? []
        let http =
            roots.isEmpty
            ? OutboundClient.ofTheOperator
            : OutboundClient(.ofTheOperator, resolver: SystemHostResolver(), trusting: roots)
        self.name = name
        client = TransitClient(address, name, namespace: namespace, http: http, retry: retry) {
            () throws(TransitFailure) in
            guard let token = token() else { throw .refused }
            return token
        }
    }

    /// Its latest version.
    package func activeKey() async throws(HubError) -> KeyName {
        let state = try await state()
        guard let key = name.name(version: state.latestVersion) else { throw told(.garbled) }
        return key
    }

    /// Versions that came before are told by the envelopes that name them.
    package var retiredKeys: [KeyName] { [] }

    package func holds(_ key: KeyName) -> Bool { name.version(in: key) != nil }

    package func check() async throws(HubError) {
        let state = try await state()
        guard state.type == Self.type else {
            throw .keeperAway(
                Self.keeper, "has the key \(name), but its type is not \(Self.type). Make one of that type.")
        }
    }

    package func wrap(_ dataKey: SealingKey) async throws(HubError) -> WrappedKey {
        let text: String
        do throws(TransitFailure) {
            text = try await client.encrypt(dataKey.bytes, authenticating: associatedData)
        } catch {
            throw told(error)
        }
        guard let version = Self.version(of: text), let kek = name.name(version: version),
            let wrapped = WrappedKey(kek: kek, bytes: Array(text.utf8))
        else { throw told(.garbled) }
        return wrapped
    }

    package func unwrap(_ wrapped: WrappedKey) async throws(HubError) -> SealingKey {
        guard let version = name.version(in: wrapped.kek) else { throw .keyNotAvailable(wrapped.kek) }
        guard let text = String(validating: wrapped.bytes, as: UTF8.self), Self.version(of: text) == version else {
            throw .cannotOpenSecret
        }
        let bytes: [UInt8]
        do throws(TransitFailure) {
            bytes = try await client.decrypt(text, authenticating: associatedData)
        } catch .badInput {
            // Vault says the same of what is altered and of a version that it does not open any more.
            let state = try await state()
            let isGone = version < state.minDecryptionVersion || version > state.latestVersion
            throw isGone ? .keyNotAvailable(wrapped.kek) : .cannotOpenSecret
        } catch .noKey {
            throw .keyNotAvailable(wrapped.kek)
        } catch {
            throw told(error)
        }
        guard let dataKey = SealingKey(bytes: bytes) else { throw .cannotOpenSecret }
        return dataKey
    }

    private func state() async throws(HubError) -> TransitClient.KeyState {
        do throws(TransitFailure) {
            return try await client.state()
        } catch {
            throw told(error)
        }
    }

    private var associatedData: [UInt8] {
        Array("\(SealedSecret.version)|data-key|\(TransitKeyName.provider):\(name)".utf8)
    }

    /// Of `vault:v3:…`
    private static func version(of text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "vault", parts[1].hasPrefix("v") else { return nil }
        return Int(parts[1].dropFirst())
    }

    private func told(_ failure: TransitFailure) -> HubError {
        switch failure {
        case .refused:
            .keeperAway(Self.keeper, "refuses the token, or does not let it use the key \(name). Check VAULT_TOKEN.")
        case .noKey:
            .keeperAway(Self.keeper, "has no key \(name). Make it, or check VAULT_TRANSIT_MOUNT and VAULT_NAMESPACE.")
        case .away(let isSealed, let retryAfter):
            .keeperAway(
                Self.keeper, isSealed ? "is sealed or down. Unseal it." : "cannot be reached, or is busy.",
                retryAfter: retryAfter ?? .seconds(2))
        case .badInput, .garbled:
            .keeperAway(Self.keeper, "gave an answer that makes no sense. Check VAULT_ADDR.")
        }
    }
}
