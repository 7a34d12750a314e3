/// Endpoints of the shop's own systems, and what was delivered to them.
package protocol HookStore: Sendable {
    func endpoints(
        _ request: ListRequest<HookEndpointSort, HookEndpointFilter>
    ) async throws -> ListPage<HookEndpoint>

    func endpoint(_ id: HookEndpointID) async throws -> HookEndpoint?

    /// Throws `conflict` when there are `max` already.
    func add(
        _ endpoint: HookEndpoint,
        _ secret: KeptHookSecret,
        max: Int,
        _ writing: Writing<HookEndpoint>
    ) async throws -> HookEndpoint

    /// Throws `not_found`, `stale` and what `change` throws. What waits for one that is turned off is cancelled.
    func change(
        _ id: HookEndpointID,
        expected: Int64?,
        _ writing: Writing<HookEndpoint>,
        _ change: @escaping @Sendable (inout HookEndpoint) throws -> Void
    ) async throws -> HookEndpoint

    /// With its secrets; what waits is cancelled, and its deliveries are forgotten in time. Throws as `change`.
    func remove(_ id: HookEndpointID, expected: Int64?, _ writing: Writing<HookEndpoint>) async throws

    /// Makes `secret` the one that signs. Those before it sign beside it until `end`, two of them at most. Throws as
    /// `change`.
    func rotate(
        _ id: HookEndpointID,
        to secret: KeptHookSecret,
        oldUntil end: Timestamp,
        expected: Int64?,
        _ writing: Writing<HookEndpoint>
    ) async throws -> HookEndpoint

    /// Owes the endpoint a `ping`. Throws `not_found`.
    func ping(
        _ id: HookEndpointID,
        maxBodyBytes: Int,
        _ writing: Writing<HookDelivery>
    ) async throws -> HookDelivery

    // MARK: Deliveries

    func deliveries(
        _ request: ListRequest<HookDeliverySort, HookDeliveryFilter>
    ) async throws -> ListPage<HookDelivery>

    /// With the body that is sent; nil when it was forgotten.
    func delivery(_ id: HookDeliveryID) async throws -> (HookDelivery, body: String)?

    /// Owes it again, or at once when it waits. Throws `not_found`, and `conflict` while it is under way or its
    /// endpoint is off.
    func replay(_ id: HookDeliveryID, _ writing: Writing<HookDelivery>) async throws -> HookDelivery

    /// Owes all again that failed or was cancelled since a moment, the oldest first. Throws as `replay`.
    func replay(
        _ id: HookEndpointID,
        since moment: Timestamp,
        limit: Int,
        _ writing: Writing<HookReplay>
    ) async throws -> HookReplay
}

/// What happened since systems of the shop were told last, and how telling them went.
package protocol HookFeed: Sendable {
    /// Owes what happened to who wants it, and moves the cursor, in one transaction; one hub of all at a time.
    ///
    /// - Parameter since: How far back conversations are looked at; nil for as far as the cursor says.
    func plan(since: Timestamp?, at moment: Timestamp, _ limits: HookLimits) async throws -> HookProgress

    /// Nil when its endpoint or its event is not there any more.
    func letter(_ id: HookDeliveryID, at moment: Timestamp) async throws -> HookLetter?

    /// Writes down a try, and what it means for the endpoint. That it is turned off stands in the audit log.
    func record(
        _ result: HookResult,
        of id: HookDeliveryID,
        took: Duration,
        at moment: Timestamp,
        patience: Duration
    ) async throws

    /// Every endpoint, for those who watch over them.
    func endpoints() async throws -> [HookEndpoint]

    /// Forgets deliveries that ended and were made before a moment, and those of endpoints that are gone. Returns how
    /// many.
    func tidy(before moment: Timestamp, limit: Int) async throws -> Int
}

/// What came of one look at what happened.
package struct HookProgress: Sendable, Equatable {
    /// Deliveries that are owed now.
    package let owed: Int
    /// Whether there is more to look at.
    package let isMore: Bool
    /// False when another hub was at it, so that this one saw nothing.
    package let hasLooked: Bool

    package init(owed: Int, isMore: Bool, hasLooked: Bool = true) {
        self.owed = owed
        self.isMore = isMore
        self.hasLooked = hasLooked
    }

    package static let nothing = HookProgress(owed: 0, isMore: false)
    package static let busy = HookProgress(owed: 0, isMore: false, hasLooked: false)
}
