package import Domain
import NIOHTTP1
import Synchronization

/// The store at Zid over its API. Each call is one request, and whoever asked decides whether to ask again.
package final class ZidClient: ZidShop {
    /// Which store it is, and for which app.
    package struct Account: Sendable, Equatable {
        /// Nil to ask Zid for it.
        package let storeID: String?
        package let baseURL: String
        /// Of the app whose keys are renewed; nil when nobody renews them.
        package let clientID: String?

        package init(storeID: String?, baseURL: String, clientID: String?) {
            self.storeID = storeID
            self.baseURL = baseURL
            self.clientID = clientID
        }
    }

    private let account: Account
    private let ring: ZidKeyRing
    private let client: OutboundClient
    private let timeout: Duration
    private let pace: ZidPace
    private let store: Mutex<ZidProfile?>

    private static let maxPageBytes = 8 * 1024 * 1024

    package init(
        _ account: Account,
        keys ring: ZidKeyRing,
        client: OutboundClient,
        pace: ZidPace,
        timeout: Duration
    ) {
        self.account = account
        self.ring = ring
        self.client = client
        self.timeout = timeout
        self.pace = pace
        store = Mutex(nil)
    }

    /// Whether it works for that store and app, with its keys or with others.
    package func works(for other: Account) -> Bool { account == other }

    /// Goes on with other keys. Requests under way that are refused are made once more with these.
    package func take(_ keys: ZidKeyRing.Keys) {
        ring.replace(with: keys)
        // They may be of another store when nobody says which one it is.
        if account.storeID == nil { store.withLock { $0 = nil } }
    }

    // MARK: Products

    package func products(page: Int64, size: Int) async throws(ZidFailure) -> ZidPage<ZidProduct> {
        let profile = try await profile(.whenever)
        let json = try await json(
            .GET, "/products/?page=\(page)&page_size=\(size)", store: profile.storeID, .whenever)
        return try read(ZidPage(products: json, size: size, currency: profile.currency))
    }

    package func product(_ id: String) async throws(ZidFailure) -> ZidProduct? {
        let profile = try await profile(.whenever)
        do {
            let json = try await json(.GET, "/products/\(id)/", store: profile.storeID, .whenever)
            return try read(ZidProduct(json["product"] ?? json, currency: profile.currency))
        } catch .rejected(404) {
            return nil
        }
    }

    package func setQuantity(_ quantity: Int64, of product: String) async throws(ZidFailure) {
        let profile = try await profile(.whenever)
        let body: JSONValue = ["quantity": .integer(quantity), "is_infinite": false]
        _ = try await json(.PATCH, "/products/\(product)/", store: profile.storeID, .whenever, body: body)
    }

    // MARK: Orders

    package func orders(page: Int64, size: Int, from day: Timestamp) async throws(ZidFailure) -> ZidPage<ZidOrder> {
        let date = day.rfc3339.prefix(10)
        let json = try await json(
            .GET, "/managers/store/orders?page=\(page)&per_page=\(size)&payload_type=default&date_from=\(date)",
            store: account.storeID, .whenever)
        return try read(ZidPage(orders: json, size: size))
    }

    package func order(_ id: String) async throws(ZidFailure) -> ZidOrder? {
        do {
            let json = try await json(.GET, "/managers/store/orders/\(id)/view", store: account.storeID, .soon)
            return try read(ZidOrder(json))
        } catch .rejected(404) {
            return nil
        }
    }

    // MARK: Webhooks

    package func webhooks() async throws(ZidFailure) -> [ZidWebhook] {
        try read(ZidWebhook.list(try await json(.GET, Self.webhooksPath, store: account.storeID, .whenever)))
    }

    package func register(_ registration: ZidRegistration) async throws(ZidFailure) {
        _ = try await answer(
            .POST, Self.webhooksPath, store: account.storeID, .whenever, body: registration.json)
    }

    package func removeWebhooks(_ number: Int64) async throws(ZidFailure) {
        do {
            _ = try await answer(
                .DELETE, "\(Self.webhooksPath)?original_id=\(number)", store: account.storeID, .whenever)
        } catch .rejected(404) {
            // There was none.
        }
    }

    private static let webhooksPath = "/managers/webhooks"

    // MARK: Asking

    /// Whose store it is, asked once.
    private func profile(_ urgency: ServicePace.Urgency) async throws(ZidFailure) -> ZidProfile {
        if let known = store.withLock({ $0 }) { return known }
        let profile = try read(
            ZidProfile(try await json(.GET, "/managers/account/profile", store: account.storeID, urgency)))
        store.withLock { $0 = profile }
        return profile
    }

    private func json(
        _ method: HTTPMethod,
        _ path: String,
        store: String?,
        _ urgency: ServicePace.Urgency,
        body: JSONValue? = nil
    ) async throws(ZidFailure) -> JSONValue {
        try read(try await answer(method, path, store: store, urgency, body: body).json)
    }

    /// Asks with the keys of now, and once more with those after them when Zid does not take these.
    private func answer(
        _ method: HTTPMethod,
        _ path: String,
        store: String?,
        _ urgency: ServicePace.Urgency,
        body: JSONValue? = nil
    ) async throws(ZidFailure) -> OutboundAnswer {
        guard let url = OutboundURL(account.baseURL + path) else { throw .unreachable }
        let keys = ring.now
        let first = try await ask(method, url, store, keys, urgency, body)
        guard first.status == 401, let newer = await ring.newer(than: keys) else { return try judged(first) }
        return try judged(try await ask(method, url, store, newer, urgency, body))
    }

    private func ask(
        _ method: HTTPMethod,
        _ url: OutboundURL,
        _ store: String?,
        _ keys: ZidKeyRing.Keys,
        _ urgency: ServicePace.Urgency,
        _ body: JSONValue?
    ) async throws(ZidFailure) -> OutboundAnswer {
        var headers = [
            ("Authorization", "Bearer \(keys.authorization)"), ("X-Manager-Token", keys.manager),
            // As some pages of Zid call the same key.
            ("Access-Token", keys.manager), ("Accept-Language", "ar"), ("Role", "Manager"),
        ]
        if let store { headers.append(("Store-Id", store)) }
        let request =
            body.map { OutboundRequest(method, url, headers: headers, json: $0) }
            ?? OutboundRequest(method, url, headers: headers)
        try await pace.turn(urgency)
        switch await client.send(request, within: timeout, maxBytes: Self.maxPageBytes) {
        case .failed: throw .unreachable
        case .answer(let answer): return answer
        }
    }

    private func judged(_ answer: OutboundAnswer) throws(ZidFailure) -> OutboundAnswer {
        switch answer.status {
        case 200...299:
            // A page for people is not Zid's API, whatever its status says.
            guard !answer.isPage else { throw .unreachable }
            return answer
        case 401, 403:
            throw .refused
        case 429:
            pace.slowDown(answer.retryAfter)
            throw .limited(retryAfter: answer.retryAfter)
        case 400...499 where !answer.isPage:
            throw .rejected(answer.status)
        default:
            throw .unreachable
        }
    }

    private func read<Value>(_ value: Value?) throws(ZidFailure) -> Value {
        guard let value else { throw .unreachable }
        return value
    }
}
