package import Domain
import NIOHTTP1
import Synchronization

/// The store at Zid over its API. Each call is one request, and whoever asked decides whether to ask again.
package final class ZidClient: ZidShop {
    package struct Account: Sendable {
        package let authorizationToken: String
        package let managerToken: String
        /// Nil to ask Zid for it.
        package let storeID: String?
        package let baseURL: String

        package init(authorizationToken: String, managerToken: String, storeID: String?, baseURL: String) {
            self.authorizationToken = authorizationToken
            self.managerToken = managerToken
            self.storeID = storeID
            self.baseURL = baseURL
        }
    }

    private let account: Account
    private let client: OutboundClient
    private let timeout: Duration
    private let pace: ZidPace
    private let store: Mutex<ZidProfile?>

    private static let maxPageBytes = 8 * 1024 * 1024

    package init(
        _ account: Account,
        client: OutboundClient,
        pace: ZidPace,
        timeout: Duration
    ) {
        self.account = account
        self.client = client
        self.timeout = timeout
        self.pace = pace
        store = Mutex(nil)
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
        guard let url = OutboundURL(account.baseURL + path) else { throw .unreachable }
        var headers = [
            ("Authorization", "Bearer \(account.authorizationToken)"), ("X-Manager-Token", account.managerToken),
            // As some pages of Zid call the same key.
            ("Access-Token", account.managerToken), ("Accept-Language", "ar"), ("Role", "Manager"),
        ]
        if let store { headers.append(("Store-Id", store)) }
        let request =
            body.map { OutboundRequest(method, url, headers: headers, json: $0) }
            ?? OutboundRequest(method, url, headers: headers)
        try await pace.turn(urgency)
        switch await client.send(request, within: timeout, maxBytes: Self.maxPageBytes) {
        case .failed: throw .unreachable
        case .answer(let answer): return try judge(answer)
        }
    }

    private func judge(_ answer: OutboundAnswer) throws(ZidFailure) -> JSONValue {
        switch answer.status {
        case 200...299:
            // A page for people is not Zid's API, whatever its status says.
            guard !answer.isPage, let json = answer.json else { throw .unreachable }
            return json
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
