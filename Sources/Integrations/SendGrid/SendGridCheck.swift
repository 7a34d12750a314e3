package import Domain
import NIOHTTP1

/// SendGrid: what the key may do. Whether the sender is verified shows only when a mail is sent.
package struct SendGridCheck: StatusCheck {
    package let name = "sendgrid"
    package let isIntegration = true
    private let fields: ServiceFields
    private let client: OutboundClient
    private let timeout: Duration

    package init(
        _ fields: ServiceFields,
        client: OutboundClient,
        timeout: Duration = OutboundClient.usualLimit
    ) {
        self.fields = fields
        self.client = client
        self.timeout = timeout
    }

    package func find() async -> StatusFinding {
        let account: SendGridAccount
        do throws(ServiceFieldsProblem) { account = try SendGridAccount(fields) } catch { return error.finding }
        let request = OutboundRequest(
            .GET, account.base.appending("v3/scopes"), headers: [("Authorization", "Bearer \(account.key)")])
        let probe = ServiceProbe(StatusMessage(ar: "SendGrid", en: "SendGrid"), request, client, timeout)
        return await probe.find { answer in
            switch answer.status {
            case 200:
                switch answer.json?["scopes"]?.array {
                case let scopes?: scopes.contains("mail.send") ? Self.connected : Self.noSending
                case nil: probe.unreachable
                }
            case 401: probe.badCredential
            case 403: probe.forbidden
            default: answer.json?["errors"] == nil ? probe.unreachable : probe.unexpected(answer.status)
            }
        }
    }

    private static let connected = StatusFinding(
        .ok, StatusMessage(ar: "متصل: يخرج البريد عبر SendGrid", en: "Connected: mail leaves over SendGrid."))

    private static let noSending = StatusFinding(
        .badConfig,
        StatusMessage(
            ar: "المفتاح لا يسمح بالإرسال: أضف إليه صلاحية Mail Send في SendGrid",
            en: "The key may not send: give it the right Mail Send at SendGrid."))
}
