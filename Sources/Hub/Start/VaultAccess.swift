import Domain
import Integrations
import Storage

/// The vault of one store under the given secrets; a store that needs others is a configuration error.
struct VaultAccess {
    let keys: DataKeys
    let door: VaultDoor
    private let stores: StoreSet

    init(_ secrets: HubSecrets, _ stores: StoreSet, _ configuration: HubConfiguration) throws(ConfigurationError) {
        let share = VaultLimits(configuration.limits)
        keys = DataKeys(try secrets.keyring(configuration), limits: share, now: { .present })
        door = VaultDoor(store: stores.indexKey, keys: keys, limits: share)
        self.stores = stores
    }

    func open() async throws -> any SecretVault {
        try await refusing { try await door.open() }
    }

    /// The key under which the store's index key lies; nil before the first start. Changes nothing.
    func check() async throws -> KeyName? {
        try await refusing { try await door.check() }
    }

    /// As `check`; a store that has an index key needs some secret.
    static func check(_ configuration: HubConfiguration, _ stores: StoreSet) async throws -> KeyName? {
        if let secrets = try HubSecrets(given: configuration) {
            return try await VaultAccess(secrets, stores, configuration).check()
        }
        guard let sealed = try await stores.indexKey.indexKey() else { return nil }
        let file = SecretsFile(directory: configuration.dataDirectory)
        throw ConfigurationError.secretMissing(file: file, key: sealed.dataKey.kek)
    }

    private func refusing<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as HubError {
            if error == .cannotOpenSecret { throw ConfigurationError.indexKeyAltered }
            guard let key = try await stores.indexKey.indexKey()?.dataKey.kek, error == .keyNotAvailable(key) else {
                throw error
            }
            throw key.isLocal ? ConfigurationError.secretChanged(key: key) : ConfigurationError.keeperMissing(key: key)
        }
    }
}

extension ConfigurationError {
    static func secretMissing(file: SecretsFile, key: KeyName) -> ConfigurationError {
        guard key.isLocal else { return secretMissingBeside(key, file) }
        return ConfigurationError(
            name: Settings.encryptionSecret.name,
            problem: "is missing, and the database holds what was sealed with it (key \(key))",
            accepted: "the copy you kept of \(file.path), or its secret in the environment. \(wayOut(key))"
        )
    }

    /// The keys are with somebody else; sign-ins and signatures still come from the secret.
    private static func secretMissingBeside(_ key: KeyName, _ file: SecretsFile) -> ConfigurationError {
        ConfigurationError(
            name: Settings.encryptionSecret.name,
            problem: "is missing, and this is no new hub: its database was sealed under the key \(key)",
            accepted: """
                the copy you kept of \(file.path), or its secret in the environment; when it is lost, a new one, which \
                ends all sign-ins and leaves closed what the old one sealed: openssl rand -base64 32
                """
        )
    }

    static func keeperMissing(key: KeyName) -> ConfigurationError {
        let names = "\(Settings.kmsKey.name), \(Settings.retiredKMSKeys.name) and \(Settings.transitKey.name)"
        return ConfigurationError(
            name: Settings.keysProvider.name,
            problem: "leaves out the key that the database was sealed with (key \(key)), or that key is disabled",
            accepted: "\(names) that name it, and whoever keeps it lets it decrypt. \(wayOut(key))"
        )
    }

    static func secretChanged(key: KeyName) -> ConfigurationError {
        ConfigurationError(
            name: Settings.encryptionSecret.name,
            problem: "is not the secret that the database was sealed with (key \(key))",
            accepted: """
                the old secret, here or in \(Settings.retiredSecrets.name) beside the new one. \(wayOut(key))
                """
        )
    }

    static let indexKeyAltered = ConfigurationError(
        name: Settings.encryptionSecret.name,
        problem: "does not open the key in the database's settings (index_key), which was altered",
        accepted: "a database whose settings are whole: restore them from a backup"
    )

    private static func wayOut(_ key: KeyName) -> String {
        "To go on without it and lose what it sealed, run: hub keys accept-loss \(key)"
    }
}

extension KeyName {
    fileprivate var isLocal: Bool { provider == KeysProvider.local.rawValue }
}

extension VaultLimits {
    init(_ limits: Limits) {
        self.init()
        maxCachedDataKeys = limits.maxCachedDataKeys
        dataKeyLifetime = limits.dataKeyLifetime
    }
}
