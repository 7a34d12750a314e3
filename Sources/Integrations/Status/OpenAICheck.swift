package import Domain

/// OpenAI, or a server that speaks its API: which models this key may use. Does not prove that there is credit.
package struct OpenAICheck: StatusCheck {
    package let name = "openai"
    package let isIntegration = true
    private let key: String?
    private let model: String?
    private let baseURL: String
    private let client: OutboundClient
    private let timeout: Duration

    package static let usualURL = "https://api.openai.com/v1"

    package init(
        key: String?, model: String?, baseURL: String = Self.usualURL, client: OutboundClient, timeout: Duration
    ) {
        self.key = key
        self.model = model
        self.baseURL = baseURL
        self.client = client
        self.timeout = timeout
    }

    package func find() async -> StatusFinding {
        guard let key else { return .notConfigured("OPENAI_API_KEY") }
        let probe = ServiceProbe(
            service: StatusMessage(ar: "OpenAI", en: "OpenAI"),
            url: baseURL + "/models",
            headers: [("Authorization", "Bearer \(key)")],
            client: client,
            timeout: timeout
        )
        return await probe.find { answer in
            switch answer.status {
            case 200: judge(answer.json) ?? probe.unreachable
            case 401: probe.badCredential
            case 403: probe.forbidden
            case 404: Self.wrongAddress
            default: probe.unexpected(answer.status)
            }
        }
    }

    /// Nil when it is no list of models.
    private func judge(_ json: JSONValue?) -> StatusFinding? {
        guard let models = json?["data"]?.array else { return nil }
        // Some servers list nothing, so a model that is missing is only worth a remark.
        if let model, !models.contains(where: { $0["id"]?.string == model }) {
            return StatusFinding(
                .ok,
                StatusMessage(
                    ar: "متصل، لكن OPENAI_MODEL ليس في القائمة: تحقق من اسمه",
                    en: "Connected, but OPENAI_MODEL is not in the list: check its name."))
        }
        return StatusFinding(.ok, StatusMessage(ar: "متصل", en: "Connected."))
    }

    private static let wrongAddress = StatusFinding(
        .badConfig,
        StatusMessage(
            ar: "لا توجد واجهة OpenAI في هذا العنوان: صحح OPENAI_BASE_URL",
            en: "There is no OpenAI API at this address: correct OPENAI_BASE_URL."))
}
