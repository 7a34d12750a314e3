package import Domain
import NIOHTTP1

/// The WhatsApp Cloud API: the number that the token speaks for, and how it is rated.
package struct WhatsAppCheck: StatusCheck {
    package struct Account: Sendable {
        package var token: String?
        package var phoneID: String?
        /// Whether webhooks can be verified and checked.
        package var hasWebhookSecrets = false
        /// With or without a version at its end.
        package var baseURL = "https://graph.facebook.com"

        package init() {}
    }

    package let name = "whatsapp"
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
        if account.token == nil, account.phoneID == nil { return .notConfigured("WA_TOKEN, WA_PHONE_ID") }
        guard let token = account.token else { return .missing("WA_TOKEN") }
        guard let phone = account.phoneID else { return .missing("WA_PHONE_ID") }
        let probe = ServiceProbe(
            service: StatusMessage(ar: "واتساب", en: "WhatsApp"),
            url: "\(address.text)/\(phone)?fields=id,display_phone_number,verified_name,quality_rating",
            headers: [("Authorization", "Bearer \(token)")],
            client: client,
            timeout: timeout
        )
        return await probe.find { answer in
            if answer.status == 200 {
                return judge(answer.json, version: answer.headers.first(name: "facebook-api-version"))
                    ?? probe.unreachable
            }
            return judge(errorOf: answer, probe)
        }
    }

    private var address: WhatsAppAddress { WhatsAppAddress(account.baseURL) }

    /// Nil when it is not the number.
    private func judge(_ json: JSONValue?, version: String?) -> StatusFinding? {
        guard json?["id"]?.string == account.phoneID else { return nil }
        var remarks: [StatusMessage] = []
        if !account.hasWebhookSecrets {
            remarks.append(
                StatusMessage(
                    ar: "أضف WA_APP_SECRET وWA_VERIFY_TOKEN لاستقبال الرسائل",
                    en: "set WA_APP_SECRET and WA_VERIFY_TOKEN to receive messages"))
        }
        switch json?["quality_rating"]?.string {
        case "YELLOW", "RED":
            remarks.append(
                StatusMessage(ar: "جودة الرقم منخفضة لدى ميتا", en: "Meta rates the quality of the number low"))
        default: break
        }
        if let version, address.version != version {
            remarks.append(
                StatusMessage(
                    ar: "تخدم ميتا إصدارا آخر من الواجهة: حدّث WA_API_URL",
                    en: "Meta serves another version of the API: bring WA_API_URL up to date"))
        }
        return StatusFinding(
            .ok,
            StatusMessage(
                ar: (["متصل"] + remarks.map(\.ar)).joined(separator: "، "),
                en: (["Connected"] + remarks.map(\.en)).joined(separator: "; ") + "."))
    }

    /// By the code in the body, as Meta asks; the status decides where there is none.
    private func judge(errorOf answer: OutboundAnswer, _ probe: ServiceProbe) -> StatusFinding {
        let error = answer.json?["error"]
        switch error?["code"]?.integer {
        case 102, 104, 190: return probe.badCredential
        case 0 where answer.status == 401: return probe.badCredential
        case 3, 10, 131_005: return probe.forbidden
        case let code? where (200...299).contains(code): return probe.forbidden
        case 33, 100, 803: return Self.wrongNumber
        case 4, 17, 80_007, 130_429: return probe.limited
        default: break
        }
        switch answer.status {
        case 401: return probe.badCredential
        case 403: return probe.forbidden
        case 404: return Self.wrongNumber
        default: return error == nil ? probe.unreachable : probe.unexpected(answer.status)
        }
    }

    private static let wrongNumber = StatusFinding(
        .badConfig,
        StatusMessage(
            ar: "الرقم غير معروف لهذا المفتاح: صحح WA_PHONE_ID",
            en: "The number is not known to this token: correct WA_PHONE_ID."))
}
