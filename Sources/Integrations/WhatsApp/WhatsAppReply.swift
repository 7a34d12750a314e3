import Domain
import NIOHTTP1

/// An answer of the Graph API, and what it means for what was asked.
struct WhatsAppReply: Sendable {
    let status: Int
    let headers: HTTPHeaders
    /// Nil when it is no JSON.
    let json: JSONValue?

    /// For a support case at Meta.
    var trace: String? { headers.first(name: "x-fb-trace-id") ?? headers.first(name: "x-fb-request-id") }

    /// In whole seconds; the form with a date is not used by Meta.
    var retryAfter: Duration? {
        headers.first(name: "retry-after").flatMap { Int64($0) }.map { .seconds(max(0, min($0, 86_400))) }
    }

    /// How much of a quota is used, in percent: the largest of all that `x-business-use-case-usage` tells.
    var usage: Int64? {
        guard let text = headers.first(name: "x-business-use-case-usage"),
            let accounts = (try? JSONParser.parse(text, maxDepth: 8))?.object
        else { return nil }
        let uses = accounts.values.flatMap { $0.array ?? [] }
        return uses.flatMap { use in
            ["call_count", "total_cputime", "total_time"].compactMap { use[$0]?.integer }
        }.max()
    }

    /// - Parameter read: Finds the id in a good answer.
    func outcome(_ read: (JSONValue) -> String?) -> SendOutcome {
        if let error = json?["error"].flatMap(WhatsAppError.init(json:)) {
            let refusal = error.refusal(status: status, retryAfter: retryAfter)
            let details = [refusal.problem.details, trace.map { "trace \($0)" }].compactMap(\.self)
            let problem = OutboxProblem(
                code: refusal.problem.code, refusal.problem.words, details: details.joined(separator: "; "))
            return .refused(SendRefusal(refusal.kind, problem, retryAfter: refusal.retryAfter))
        }
        switch status {
        case 200...299:
            // Taken, but under which id? A report will tell.
            guard let id = json.flatMap(read), !id.isEmpty else { return .unsure(unreadable) }
            return .accepted(id)
        case 300...399: return .refused(SendRefusal(.config, .movedWhatsApp))
        case 401, 403: return .refused(SendRefusal(.auth, unreadable))
        case 404: return .refused(SendRefusal(.config, unreadable))
        case 429: return .refused(SendRefusal(.retrySlowNumber, unreadable, retryAfter: retryAfter))
        // By its definition nobody has looked at the request (RFC 9110 §15.6.4).
        case 503: return .refused(SendRefusal(.retry, unreadable, retryAfter: retryAfter))
        // A gateway that is not Meta's API speaks: what is behind it may have sent the message.
        case 500...: return .unsure(unreadable)
        default: return .refused(SendRefusal(.permanent, unreadable))
        }
    }

    private var unreadable: OutboxProblem {
        OutboxProblem(
            StatusMessage(
                ar: "أجاب واتساب بما لا يُفهم (\(status))", en: "WhatsApp gave an answer that makes no sense (\(status))"
            ),
            details: trace.map { "trace \($0)" })
    }
}

extension OutboxProblem {
    static let movedWhatsApp = OutboxProblem(
        StatusMessage(
            ar: "عنوان واتساب يحيل إلى مكان آخر: صحح WA_API_URL",
            en: "The address of WhatsApp leads elsewhere: correct WA_API_URL"))

    static let unreachableWhatsApp = OutboxProblem(
        StatusMessage(
            ar: "تعذر الوصول إلى واتساب: نعيد المحاولة", en: "WhatsApp cannot be reached: it is tried again"))

    static let lostAnswerOfWhatsApp = OutboxProblem(
        StatusMessage(
            ar: "انقطع الاتصال قبل جواب واتساب: ننتظر تأكيد الإرسال",
            en: "The connection was lost before WhatsApp answered: a confirmation is awaited"))
}
