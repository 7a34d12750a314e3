/// The store at Zid. Every call waits for its turn, as Zid allows so many a minute.
package protocol ZidShop: Sendable {
    func products(page: Int64, size: Int) async throws(ZidFailure) -> ZidPage<ZidProduct>

    /// Nil when Zid has no such product.
    func product(_ id: String) async throws(ZidFailure) -> ZidProduct?

    func setQuantity(_ quantity: Int64, of product: String) async throws(ZidFailure)

    /// - Parameter from: The first day, in UTC.
    func orders(page: Int64, size: Int, from day: Timestamp) async throws(ZidFailure) -> ZidPage<ZidOrder>

    /// Nil when Zid has no such order.
    func order(_ id: String) async throws(ZidFailure) -> ZidOrder?

    // MARK: Webhooks

    /// All that are registered for this store.
    func webhooks() async throws(ZidFailure) -> [ZidWebhook]

    func register(_ registration: ZidRegistration) async throws(ZidFailure)

    /// All of a number; none is done as well.
    func removeWebhooks(_ number: Int64) async throws(ZidFailure)
}

/// Why Zid did not do what was asked.
package enum ZidFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// A key is wrong or lacks a right: nothing helps but another one.
    case refused
    case limited(retryAfter: Duration?)
    /// No connection, no answer in time, or one that is not Zid's.
    case unreachable
    /// Zid says no to this one request.
    case rejected(Int)

    package var description: String {
        switch self {
        case .refused: "Zid refuses the keys: test the integration and correct them"
        case .limited: "Zid asks to wait"
        case .unreachable: "Zid cannot be reached"
        case .rejected(let status): "Zid says \(status)"
        }
    }
}
