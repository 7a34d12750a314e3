import Domain
import Storage

/// What the commands about keys have in common.
enum KeysAccess {
    /// The given secrets; there must be some.
    static func secrets(_ configuration: HubConfiguration, _ stores: StoreSet) async throws -> HubSecrets {
        if let given = try HubSecrets(given: configuration) { return given }
        // Tells which key is needed, when there is one.
        _ = try await VaultAccess.check(configuration, stores)
        throw CommandFailure("There are no keys yet. The first start makes them: hub serve")
    }
}
