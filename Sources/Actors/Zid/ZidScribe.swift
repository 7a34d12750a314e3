package import Domain
import Synchronization

/// Looks behind a webhook of Zid what it is about.
///
/// A webhook says only that there is a reason to look: what it is about is read anew from Zid before anything is done.
package final class ZidScribe: WebhookScribe {
    package static let provider = WebhookEvent.Provider.zid
    package static let title = "Zid"
    /// Looks that are remembered.
    private static let maxLooks = 1000

    private let store: any ZidStore
    private let connection: Live<ZidConnection?>
    /// Rings when codes may be owed.
    private let owed: WakeUps
    private let now: @Sendable () -> Timestamp
    /// When the last look at something began. Each look is counted by Zid, and it tells of an order several times.
    private let looks = Mutex<[String: Timestamp]>([:])

    /// - Parameter connection: Nil while Zid is not connected: then what was told waits.
    package init(
        store: any ZidStore,
        connection: Live<ZidConnection?>,
        owed: WakeUps,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.connection = connection
        self.owed = owed
        self.now = now
    }

    package func items(of event: WebhookEvent) throws(WebhookUnreadable) -> [ZidItem] {
        guard let item = ZidItem(event.body, at: event.receivedAt) else {
            throw WebhookUnreadable("it says neither an event nor an id")
        }
        return [item]
    }

    package func items(of leftover: WebhookLeftover) -> [ZidItem] {
        guard let body = leftover.item.string, let item = ZidItem(Array(body.utf8), at: leftover.receivedAt) else {
            return []
        }
        return [item]
    }

    package func write(_ item: ZidItem) async throws -> WebhookOutcome {
        guard let lane = item.lane else { return .done }
        // What was looked at since it was told is known as it is.
        if let last = looks.withLock({ $0[lane] }), last > item.receivedAt { return .done }
        guard let connection = connection.now else { throw HubError(.unavailable, "Zid is not connected") }
        let begun = now()
        do {
            try await look(at: item.notice.subject, over: connection)
        } catch let failure as ZidFailure {
            throw failure.problem
        }
        looks.withLock { looks in
            if looks.count >= Self.maxLooks { looks = [:] }
            looks[lane] = begun
        }
        return .done
    }

    private func look(at subject: ZidNotice.Subject, over connection: ZidConnection) async throws {
        switch subject {
        case .order(let id):
            guard let order = try await connection.shop.order(id) else { return }
            if try await store.take(order, at: now()).isOwedCodes { owed.wake() }
        case .product(let id):
            guard let product = try await connection.shop.product(id) else { return }
            _ = try await store.take(product, stock: connection.stockOwner, at: now())
        case .other:
            break
        }
    }
}

extension ZidFailure {
    fileprivate var problem: HubError {
        switch self {
        case .refused, .unreachable: HubError(.unavailable, description)
        case .limited(let pause): HubError(.rateLimited, description, retryAfter: pause)
        case .rejected: HubError(.badRequest, description)
        }
    }
}
