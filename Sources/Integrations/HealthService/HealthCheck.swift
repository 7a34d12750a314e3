package import Domain
import NIOHTTP1

/// Seha or Tatman: whether an address answers as it should. No business call is made or checked.
package struct HealthCheck: StatusCheck {
    package var name: String { service.rawValue }
    package let isIntegration = true
    private let service: HealthService
    private let fields: ServiceFields
    private let client: OutboundClient
    private let timeout: Duration

    package init(
        _ service: HealthService,
        _ fields: ServiceFields,
        client: OutboundClient,
        timeout: Duration = OutboundClient.usualLimit
    ) {
        self.service = service
        self.fields = fields
        self.client = client
        self.timeout = timeout
    }

    package func find() async -> StatusFinding {
        let account: HealthAccount
        do throws(ServiceFieldsProblem) { account = try HealthAccount(service, fields) } catch { return error.finding }
        let request = OutboundRequest(
            .GET, account.url, headers: account.headers.map { ($0.name, $0.value) })
        let probe = ServiceProbe(service.label, request, client, timeout)
        return await probe.find { answer in
            switch answer.status {
            // A page for people is not what was asked for: a proxy or a gateway speaks.
            case account.expected: answer.isPage ? probe.unreachable : Self.reachable
            case 401: probe.badCredential
            case 403: probe.forbidden
            case 404, 405: Self.noSuchPath
            default: probe.unexpected(answer.status)
            }
        }
    }

    private static let reachable = StatusFinding(
        .ok,
        StatusMessage(
            ar: "متصل: نفحص الاتصال فقط ولا نفحص أي خدمة",
            en: "Connected: connectivity only; no business call is checked."))

    private static let noSuchPath = StatusFinding(
        .badConfig,
        StatusMessage(
            ar: "الخادم يجيب لكن مسار الفحص غير معروف: صحح health_path",
            en: "The server answers, but not at this path: correct health_path."))
}
