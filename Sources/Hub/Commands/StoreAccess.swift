import Domain
import Logging
import Storage

/// Opens the configured stores for one command, which must find the schema up to date.
enum StoreAccess {
    static func withStores(_ work: (HubConfiguration, StoreSet) async throws -> Void) async throws {
        try await withAnyStores { configuration, stores in
            try await stores.migrator.check()
            try await work(configuration, stores)
        }
    }

    /// The schema may be missing or old.
    static func withAnyStores(_ work: (HubConfiguration, StoreSet) async throws -> Void) async throws {
        let configuration = try ProcessEnvironment.configuration()
        HubLogHandler.bootstrap(configuration)
        let preparation = Preparation(
            configuration: configuration,
            logger: Logger(label: "hub"),
            now: { .present }
        )
        let stores = try await preparation.openStores()
        do {
            try await work(configuration, stores)
        } catch {
            await stores.close()
            throw error
        }
        await stores.close()
    }
}
