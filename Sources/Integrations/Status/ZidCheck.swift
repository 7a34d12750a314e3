package import Domain

/// Zid: who is the manager of this token, and which store is theirs.
package struct ZidCheck: StatusCheck {
    package struct Account: Sendable {
        package var authorizationToken: String?
        package var managerToken: String?
        package var storeID: String?
        package var baseURL = "https://api.zid.sa/v1"

        package init() {}
    }

    package let name = "zid"
    package let isIntegration = true
    private let account: Account
    private let client: OutboundClient
    private let timeout: Duration

    package init(_ account: Account, client: OutboundClient, timeout: Duration) {
        self.account = account
        self.client = client
        self.timeout = timeout
    }

    package func find() async -> StatusFinding {
        let tokens = (account.authorizationToken, account.managerToken)
        if tokens == (nil, nil) { return .notConfigured("ZID_TOKEN, ZID_MANAGER_TOKEN") }
        guard let authorization = tokens.0 else { return .missing("ZID_TOKEN") }
        guard let manager = tokens.1 else { return .missing("ZID_MANAGER_TOKEN") }
        let probe = ServiceProbe(
            service: StatusMessage(ar: "زد", en: "Zid"),
            url: account.baseURL + "/managers/account/profile",
            headers: [
                ("Authorization", "Bearer \(authorization)"), ("X-Manager-Token", manager), ("Access-Token", manager),
                ("Accept-Language", "ar"), ("Role", "Manager"),
            ],
            client: client,
            timeout: timeout
        )
        return await probe.find { answer in
            switch answer.status {
            case 200: judge(answer.json) ?? probe.unreachable
            case 401: probe.badCredential
            case 403: probe.forbidden
            default: probe.unexpected(answer.status)
            }
        }
    }

    /// Nil when it is not what Zid answers.
    private func judge(_ json: JSONValue?) -> StatusFinding? {
        guard let store = json?["user"]?["store"], let id = store["id"] else { return nil }
        let text = id.string ?? id.integer.map(String.init)
        if let wanted = account.storeID, text != wanted {
            return StatusFinding(
                .badConfig,
                StatusMessage(
                    ar: "المفتاح لمتجر آخر غير ZID_STORE_ID: صحح الرقم أو المفتاح",
                    en: "The key is of another store than ZID_STORE_ID: correct one of them."))
        }
        return StatusFinding(.ok, StatusMessage(ar: "متصل بالمتجر", en: "Connected to the store."))
    }
}
