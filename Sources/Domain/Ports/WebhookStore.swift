/// Deliveries of webhooks, from their receipt until all they tell is done.
///
/// Any number of hubs may take up deliveries. Who takes one has it for a lease; should that hub die, it is taken up
/// again afterwards. So whatever is done with a delivery may be done twice.
package protocol WebhookStore: Sendable {
    /// Keeps a delivery; durable when it returns. False when the same bytes came before.
    ///
    /// - Parameter about: What its address said, where that tells what it is about.
    func add(
        _ provider: WebhookEvent.Provider,
        body: [UInt8],
        about: String?,
        at moment: Timestamp
    ) async throws -> Bool

    /// Takes up deliveries that are due, the oldest first.
    func claim(
        _ provider: WebhookEvent.Provider,
        limit: Int,
        at moment: Timestamp,
        lease: Duration
    ) async throws -> [WebhookEvent]

    /// Marks deliveries as done, keeps what is left over of them, and writes down `traces` for the audit log by
    /// delivery; in one transaction, and once.
    func finish(
        _ events: [String],
        leaving leftovers: [WebhookLeftover],
        tracing traces: [String: [AuditEvent]],
        at moment: Timestamp
    ) async throws

    /// Puts a delivery off, for what may pass by itself.
    func postpone(_ event: String, until due: Timestamp, because reason: String) async throws

    /// Puts a delivery aside that cannot be read at all.
    func park(_ event: String, because reason: String) async throws

    /// Takes up items whose message is known by now.
    func claimLeftovers(
        _ provider: WebhookEvent.Provider,
        limit: Int,
        at moment: Timestamp,
        lease: Duration
    ) async throws -> [WebhookLeftover]

    func finish(_ leftover: WebhookLeftover) async throws

    /// Parks an item that cannot be handled although its message is known.
    func park(_ leftover: WebhookLeftover, because reason: String) async throws

    /// Parks items that waited since before `moment`, and forgets deliveries that were done and came before it.
    /// Returns how many.
    func tidy(before moment: Timestamp, limit: Int) async throws -> Int

    func counts(_ provider: WebhookEvent.Provider) async throws -> WebhookCounts
}

extension WebhookStore {
    package func add(_ provider: WebhookEvent.Provider, body: [UInt8], at moment: Timestamp) async throws -> Bool {
        try await add(provider, body: body, about: nil, at: moment)
    }
}
