package import Domain

/// Key-encryption keys in AWS KMS, which never leave it: each wrapping and unwrapping is a request.
///
/// KMS's own yearly rotation keeps the name of the key, and what it sealed before still opens.
package struct KMSKeyProvider: KeyProvider {
    private static let keeper = "AWS KMS"
    /// Bound to every wrapped data key, and shown in the account's log of uses.
    private static let context = ["application": "twocards-hub", "purpose": "data-key"]

    private let active: KMSKeyARN
    private let retired: [KMSKeyARN]
    private let client: @Sendable (KMSKeyARN) -> KMSClient?

    /// - Parameters:
    ///   - retired: Decrypt only. The active key among them is ignored.
    ///   - endpoint: Where KMS answers, in place of what follows from the region of each key.
    package init(
        active: KMSKeyARN,
        retired: [KMSKeyARN] = [],
        credentials: AWSCredentials,
        endpoint: String? = nil,
        retry: KeeperRetry = KeeperRetry(),
        now: @escaping @Sendable () -> Timestamp
    ) {
        var known: Set<KMSKeyARN> = [active]
        self.active = active
        self.retired = retired.filter { known.insert($0).inserted }
        client = { key in
            OutboundURL(endpoint ?? key.endpoint).map {
                KMSClient(
                    $0, region: key.region, credentials: credentials, http: .ofTheOperator, retry: retry, now: now)
            }
        }
    }

    package func activeKey() async throws(HubError) -> KeyName { active.name }

    package var retiredKeys: [KeyName] { retired.map(\.name) }

    package func holds(_ key: KeyName) -> Bool { named(key) != nil }

    package func check() async throws(HubError) {
        do throws(KMSFailure) {
            let state = try await clientOf(active).state(of: active)
            guard state == "Enabled" else { throw .keyUnusable }
        } catch {
            throw Self.told(error, of: active)
        }
    }

    package func wrap(_ dataKey: SealingKey) async throws(HubError) -> WrappedKey {
        let sealed: [UInt8]
        do throws(KMSFailure) {
            sealed = try await clientOf(active).encrypt(dataKey.bytes, under: active, context: Self.context)
        } catch {
            throw Self.told(error, of: active)
        }
        guard let wrapped = WrappedKey(kek: active.name, bytes: sealed) else {
            throw .keeperAway(Self.keeper, "gave an answer that makes no sense.")
        }
        return wrapped
    }

    package func unwrap(_ wrapped: WrappedKey) async throws(HubError) -> SealingKey {
        guard let key = named(wrapped.kek) else { throw .keyNotAvailable(wrapped.kek) }
        let bytes: [UInt8]
        do throws(KMSFailure) {
            bytes = try await clientOf(key).decrypt(wrapped.bytes, under: key, context: Self.context)
        } catch .altered {
            throw .cannotOpenSecret
        } catch .keyUnusable {
            throw .keyNotAvailable(key.name)
        } catch {
            throw Self.told(error, of: key)
        }
        guard let dataKey = SealingKey(bytes: bytes) else { throw .cannotOpenSecret }
        return dataKey
    }

    private func named(_ key: KeyName) -> KMSKeyARN? {
        key == active.name ? active : retired.first { $0.name == key }
    }

    private func clientOf(_ key: KMSKeyARN) throws(KMSFailure) -> KMSClient {
        guard let client = client(key) else { throw .garbled }
        return client
    }

    private static func told(_ failure: KMSFailure, of key: KMSKeyARN) -> HubError {
        switch failure {
        case .refused:
            .keeperAway(
                keeper, "refuses the credential, or does not let it use the key \(key). Check AWS_ACCESS_KEY_ID.")
        case .keyUnusable, .altered:
            .keeperAway(keeper, "has no enabled key \(key) for encryption. Look at its state in AWS.")
        case .away(let retryAfter):
            .keeperAway(keeper, "cannot be reached, or is busy.", retryAfter: retryAfter ?? .seconds(2))
        case .garbled:
            .keeperAway(keeper, "gave an answer that makes no sense. Check AWS_KMS_URL.")
        }
    }
}
