import Integrations

/// The secret that every key of the hub comes from, and those before it.
struct HubSecrets: Sendable {
    let active: MasterSecret
    /// They only open what they sealed.
    let retired: [MasterSecret]

    init(active: MasterSecret, retired: [MasterSecret] = []) {
        self.active = active
        self.retired = retired
    }

    /// From the environment or the file in the data folder; nil when neither has one.
    init?(given configuration: HubConfiguration) throws {
        var retired = try configuration.retiredSecrets.map { try MasterSecret(base64: $0.reveal()) }
        if let given = configuration.encryptionSecret {
            self.init(active: try MasterSecret(base64: given.reveal()), retired: retired)
            return
        }
        let file = SecretsFile(directory: configuration.dataDirectory)
        guard let kept = try file.existing() else { return nil }
        retired += try file.retired()
        self.init(active: kept, retired: retired)
    }

    /// With all others that keep keys.
    func keyring(_ configuration: HubConfiguration) throws(ConfigurationError) -> Keyring {
        try configuration.keys.keyring(LocalKeyProvider(active: active, retired: retired))
    }
}
