package import Domain

/// Systems of the shop: for owners who connect them, and look at what was delivered.
package struct HookDesk: Sendable {
    package let store: any HookStore
    private let vault: any SecretVault
    private let rules: OutboundRules
    private let limits: HookLimits
    private let bell: WakeUps

    /// Deliveries that one request replays.
    package static let maxReplays = 1000

    /// - Parameters:
    ///   - rules: Where deliveries may go.
    ///   - bell: Wakes who delivers.
    package init(
        store: any HookStore,
        vault: any SecretVault,
        rules: OutboundRules,
        limits: HookLimits,
        bell: WakeUps
    ) {
        self.store = store
        self.vault = vault
        self.rules = rules
        self.limits = limits
        self.bell = bell
    }

    /// Where deliveries may go. Throws `invalid`. What a name leads to is looked at with each delivery.
    package func url(_ text: String) throws(HubError) -> OutboundURL {
        guard let url = OutboundURL(text), rules.permits(url) else {
            throw .invalid([
                FieldProblem(
                    "/url", "conflict",
                    "must begin with https:// and lead to the internet, unless the operator names it in OUTBOUND_ALLOW")
            ])
        }
        return url
    }

    /// Returns the secret too, which is never shown again.
    package func add(
        _ endpoint: HookEndpoint,
        _ writing: Writing<HookEndpoint>
    ) async throws -> (HookEndpoint, HookSecret) {
        let (secret, kept) = try await makeSecret(at: writing.at)
        return (try await store.add(endpoint, kept, max: limits.maxEndpoints, writing), secret)
    }

    /// - Parameter overlap: How long the old secret signs too; nil for as long as usual.
    package func rotate(
        _ id: HookEndpointID,
        overlap: Duration?,
        expected: Int64?,
        _ writing: Writing<HookEndpoint>
    ) async throws -> (HookEndpoint, HookSecret) {
        let (secret, kept) = try await makeSecret(at: writing.at)
        let end = writing.at + (overlap ?? limits.secretOverlap)
        return (try await store.rotate(id, to: kept, oldUntil: end, expected: expected, writing), secret)
    }

    private func makeSecret(at moment: Timestamp) async throws -> (HookSecret, KeptHookSecret) {
        let secret = HookSecret.make()
        let id = HookSecretID.make(at: moment)
        let sealed = try await vault.sealer().seal(secret.text, at: KeptHookSecret.place(of: id))
        return (secret, KeptHookSecret(id: id, sealed: sealed))
    }

    package func ping(_ id: HookEndpointID, _ writing: Writing<HookDelivery>) async throws -> HookDelivery {
        defer { bell.wake() }
        return try await store.ping(id, maxBodyBytes: limits.maxBodyBytes, writing)
    }

    package func replay(_ id: HookDeliveryID, _ writing: Writing<HookDelivery>) async throws -> HookDelivery {
        defer { bell.wake() }
        return try await store.replay(id, writing)
    }

    package func replay(
        _ id: HookEndpointID,
        since moment: Timestamp,
        _ writing: Writing<HookReplay>
    ) async throws -> HookReplay {
        defer { bell.wake() }
        return try await store.replay(id, since: moment, limit: Self.maxReplays, writing)
    }
}
