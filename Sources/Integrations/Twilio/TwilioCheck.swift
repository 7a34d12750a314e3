package import Domain
import NIOHTTP1

/// Twilio: whether the account lets us in and is active. Its answer holds the token, so nothing of it is shown.
package struct TwilioCheck: StatusCheck {
    package let name = "twilio"
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
        let account: TwilioAccount
        do throws(ServiceFieldsProblem) { account = try TwilioAccount(fields) } catch { return error.finding }
        let request = OutboundRequest(.GET, account.url(), headers: [account.authorization])
        let probe = ServiceProbe(StatusMessage(ar: "Twilio", en: "Twilio"), request, client, timeout)
        return await probe.find { answer in
            switch (answer.status, answer.json?["code"]?.integer) {
            case (200, _): judge(answer.json, account) ?? probe.unreachable
            case (401, _): probe.badCredential
            case (403, _): probe.forbidden
            case (404, 20404?): .unfit("account_sid")
            case (_, nil): probe.unreachable
            case (let status, _): probe.unexpected(status)
            }
        }
    }

    /// Nil when it is not the account.
    private func judge(_ json: JSONValue?, _ account: TwilioAccount) -> StatusFinding? {
        guard json?["sid"]?.string == account.sid, let status = json?["status"]?.string else { return nil }
        guard status == "active" else { return Self.inactive }
        guard json?["type"]?.string != "Trial" else { return Self.trial }
        return StatusFinding(.ok, StatusMessage(ar: "متصل", en: "Connected."))
    }

    private static let inactive = StatusFinding(
        .badConfig,
        StatusMessage(
            ar: "الحساب موقوف أو مغلق في Twilio: راجع حسابك هناك",
            en: "The account is suspended or closed: look into it at Twilio."))

    private static let trial = StatusFinding(
        .ok,
        StatusMessage(
            ar: "متصل، والحساب تجريبي يرسل إلى الأرقام الموثقة فقط",
            en: "Connected; it is a trial account, which only sends to verified numbers."))
}

extension TwilioAccount {
    /// HTTP Basic (RFC 7617).
    var authorization: (String, String) { ("Authorization", "Basic \(Base64.encode("\(sid):\(token)".utf8))") }
}
