import Domain

/// What the hub changes of its own accord: it never takes back what an owner stores meanwhile.
extension IntegrationDesk {
    /// What is stored now, without its secrets in clear; nil while nothing is.
    func stored(_ type: IntegrationType) async throws -> IntegrationConfig? { try await store.config(type) }

    /// What is stored now, in clear.
    func basis(of type: IntegrationType) async throws -> IntegrationBasis {
        let config = try await store.config(type)
        let stored = try await opened(config)
        return IntegrationBasis(
            config: config, stored: stored,
            values: IntegrationValues(type, stored: stored, environment: environment[type] ?? [:]))
    }

    /// Whether this hub works with that version.
    func works(with version: Int64, of type: IntegrationType) -> Bool { used.now[type] ?? 0 == version }

    /// Puts values in place of those that are still as they were; the version afterwards, or nil when an owner has
    /// changed all of them since.
    ///
    /// Nothing is waited for but the store, unless somebody else stores at the same time. Throws what the store throws.
    /// - Parameter sealer: Made before, because who keeps the keys may be away.
    func replace(
        _ fresh: [String: String],
        of basis: IntegrationBasis,
        with sealer: any SecretSealer,
        at moment: Timestamp
    ) async throws -> Int64? {
        let type = basis.values.type
        var now = basis
        for _ in 0..<Self.maxReplacements {
            let fitting = basis.fitting(fresh, in: now)
            guard !fitting.isEmpty else { return nil }
            do {
                let kept = try await store.keep(type, expected: now.version, Writing(by: .system, at: moment)) {
                    config in
                    for (name, value) in fitting {
                        guard type.field(name)?.isSecret == true else {
                            config.values[name] = value
                            continue
                        }
                        config.secrets[name] = IntegrationConfig.KeptSecret(
                            sealed: try sealer.seal(value, at: config.place(of: name)), changedAt: moment)
                    }
                }
                bell.wake()
                return kept.version
            } catch let error as HubError where error.code == .stale {
                now = try await self.basis(of: type)
            }
        }
        throw HubError.busy("the integration is being changed: try again")
    }

    /// Owners do not store more often than this while one value is being sealed.
    private static var maxReplacements: Int { 20 }
}
