import Domain
import Integrations
import Logging
import Storage

/// What must be there before a hub can serve: folder, secret, database, schema, an administrator.
struct Preparation {
    /// What a prepared hub is composed from.
    struct Outcome: Sendable {
        let secret: MasterSecret
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
        let secret = try secret()
        let stores = try await openStores()
        let hasher = ScryptPasswordHasher(
            cost: configuration.limits.passwordCost, maxWaiting: configuration.limits.maxWaitingLogins)
        do {
            try await patiently { _ = try await stores.migrator.up() }
            let admin = try await FirstAdmin(users: stores.users, hasher: hasher, now: now)
                .ensure(email: configuration.adminEmail, password: configuration.adminPassword)
            return Outcome(secret: secret, stores: stores, hasher: hasher, admin: admin)
        } catch {
            await stores.close()
            throw error
        }
    }

    /// The given secret, or the one in the data folder, made when it is missing.
    func secret() throws -> MasterSecret {
        try DataDirectory(path: configuration.dataDirectory).prepare()
        guard let given = configuration.encryptionSecret else {
            return try SecretsFile(directory: configuration.dataDirectory).secret()
        }
        return try MasterSecret(base64: given.reveal())
    }

    /// The stores of the configured database, migrated or not.
    func openStores() async throws -> StoreSet {
        try DataDirectory(path: configuration.dataDirectory).prepare()
        return try await Stores.open(StorageConfiguration(configuration), logger: logger, now: now)
    }

    /// Repeats what failed because the database is away, as it may be for a while after a reboot.
    private func patiently(_ step: () async throws -> Void) async throws {
        let clock = ContinuousClock()
        let end = clock.now + configuration.limits.startTimeout
        while true {
            do {
                return try await step()
            } catch let error as HubError where error.code == .unavailable && clock.now < end {
                logger.warning(
                    "database away, waiting for it", metadata: ["database": "\(configuration.database.title)"])
                try await Task.sleep(for: error.retryAfter ?? .seconds(1))
            }
        }
    }
}
