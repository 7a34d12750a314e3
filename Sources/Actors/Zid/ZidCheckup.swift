package import Domain

/// How the work with Zid stands: looks that fail, and paid orders that wait.
package struct ZidCheckup: StatusCheck {
    package let name = "zid_orders"
    package let isIntegration = false
    private let store: any ZidStore
    private let deliveries: any OrderDeliveryStore
    private let isConnected: Live<Bool>

    package init(_ store: any ZidStore, _ deliveries: any OrderDeliveryStore, isConnected: Live<Bool>) {
        self.store = store
        self.deliveries = deliveries
        self.isConnected = isConnected
    }

    package func find() async -> StatusFinding {
        guard isConnected.now else { return Self.away }
        do {
            return ZidStanding(jobs: try await store.jobs(), deliveries: try await deliveries.standing()).finding
        } catch {
            return StatusFinding(
                .unreachable,
                StatusMessage(
                    ar: "تعذرت قراءة طلبات زد: تحقق من قاعدة البيانات",
                    en: "The orders of Zid cannot be read: check the database."))
        }
    }

    private static let away = StatusFinding(
        .notConfigured, StatusMessage(ar: "زد غير متصل", en: "Zid is not connected."))
}
