package import Domain

/// How keys and webhooks at Zid stand, for its owner.
package struct ZidUpkeepSight: IntegrationUpkeep {
    private let store: any ZidUpkeepStore
    private let address: String?
    private let now: @Sendable () -> Timestamp

    /// - Parameter address: Of the webhook, without its secret part; nil without `PUBLIC_URL`.
    package init(_ store: any ZidUpkeepStore, address: String?, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.address = address
        self.now = now
    }

    package func notes(_ values: IntegrationValues, config: IntegrationConfig?) async throws -> [UpkeepNote] {
        let notes = ZidUpkeepNotes(values, config: config, at: now())
        guard values.type == .zid, notes.isConnected else { return [] }
        let isReachable = ZidWebhookPlan.target(address, secret: "", api: values["api_url"]) != nil
        return [
            notes.keys(try await store.upkeep(.keys)),
            notes.webhooks(try await store.upkeep(.webhooks), isReachable: isReachable),
        ]
    }
}
