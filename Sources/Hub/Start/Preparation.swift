import Domain
import Integrations
import Logging
import Storage

/// What must be there before a hub can serve: folder, secret, database, schema, an administrator.
struct Preparation {
    /// What a prepared hub is composed from.
    struct Outcome: Sendable {
        let secret: MasterSecret
        let vault: any SecretVault
        let stores: StoreSet
        let hasher: ScryptPasswordHasher
        let admin: FirstAdmin.Outcome
    }

    let configuration: HubConfiguration
    let logger: Logger
    let now: @Sendable () -> Timestamp

    /// Every step does nothing when it was done before.
    ///
    /// Throws `ConfigurationError` for a folder or secret that is not usable and `HubError` from the database.
    func run() async throws -> Outcome {
        // A malformed secret is told before the database is waited for.
        _ = try HubSecrets(given: configuration)
        let stores = try await openStores()
        let hasher = ScryptPasswordHasher(
            cost: configuration.limits.passwordCost, maxWaiting: configuration.limits.maxWaitingLogins)
        do {
            try await patiently { _ = try await stores.migrator.up() }
            let secrets = try await secrets(for: stores)
            let access = try VaultAccess(secrets, stores, configuration)
            let vault = try await patiently { try await access.open() }
            stores.use(vault)
            let admin = try await FirstAdmin(users: stores.users, hasher: hasher, now: now)
                .ensure(email: configuration.adminEmail, password: configuration.adminPassword)
            return Outcome(secret: secrets.active, vault: vault, stores: stores, hasher: hasher, admin: admin)
        } catch {
            await stores.close()
            throw error
        }
    }

    /// The given secrets. When there are none, one is made in the data folder, unless the database needs an old one.
    func secrets(for stores: StoreSet) async throws -> HubSecrets {
        if let given = try HubSecrets(given: configuration) { return given }
        let sealed = try await stores.indexKey.indexKey()
        // Looked at again: another hub may have made both since.
        if let made = try HubSecrets(given: configuration) { return made }
        guard let sealed else { return try makeSecrets() }
        let file = SecretsFile(directory: configuration.dataDirectory)
        throw ConfigurationError.secretMissing(file: file, key: sealed.dataKey.kek)
    }

    /// As `secrets(for:)`; the database is asked only when there are none, and is not migrated.
    func secrets() async throws -> HubSecrets {
        try DataDirectory(path: configuration.dataDirectory).prepare()
        if let given = try HubSecrets(given: configuration) { return given }
        let stores = try await openStores()
        do {
            let isNew = try await stores.migrator.status().allSatisfy { $0.appliedAt == nil }
            let secrets = isNew ? try makeSecrets() : try await secrets(for: stores)
            await stores.close()
            return secrets
        } catch {
            await stores.close()
            throw error
        }
    }

    private func makeSecrets() throws -> HubSecrets {
        HubSecrets(active: try SecretsFile(directory: configuration.dataDirectory).secret())
    }

    /// The stores of the configured database, migrated or not.
    func openStores() async throws -> StoreSet {
        try DataDirectory(path: configuration.dataDirectory).prepare()
        return try await Stores.open(StorageConfiguration(configuration), logger: logger, now: now)
    }

    /// Repeats what failed because the database or the keeper of the keys is away, as they may be for a while after a
    /// reboot.
    private func patiently<Value>(_ step: () async throws -> Value) async throws -> Value {
        let clock = ContinuousClock()
        let end = clock.now + configuration.limits.startTimeout
        while true {
            do {
                return try await step()
            } catch let error as HubError where error.code == .unavailable && clock.now < end {
                if error.isOfKeeper {
                    logger.warning(
                        "keeper of the keys away, waiting for it", metadata: ["reason": "\(error.message)"])
                } else {
                    logger.warning(
                        "database away, waiting for it", metadata: ["database": "\(configuration.database.title)"])
                }
                try await Task.sleep(for: error.retryAfter ?? .seconds(1))
            }
        }
    }
}
