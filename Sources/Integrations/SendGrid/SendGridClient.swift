package import Domain
import NIOHTTP1

/// Sends mail over SendGrid, each with one request: whether to try again is the outbox's to decide.
package struct SendGridClient: Sendable {
    private let account: SendGridAccount
    private let client: OutboundClient
    private let timeout: Duration

    private static let service = "SendGrid"

    package init(_ account: SendGridAccount, client: OutboundClient, timeout: Duration = .seconds(60)) {
        self.account = account
        self.client = client
        self.timeout = timeout
    }

    /// Never throws, because how it ended is the answer. A lost answer is settled by the events, which carry the
    /// entry.
    ///
    /// - Parameter isTrial: SendGrid looks whether it would take it, and sends nothing.
    package func send(_ mail: SendGridMail, isTrial: Bool = false) async -> SendOutcome {
        guard mail.size <= SendGridMail.maxBytes else { return .refused(SendRefusal(.permanent, .tooLarge)) }
        let request = OutboundRequest(
            .POST, account.base.appending("v3/mail/send"), headers: [("Authorization", "Bearer \(account.key)")],
            json: mail.json(from: account, isTrial: isTrial, base64: { Base64.encode($0) }))
        switch await client.send(request, within: timeout) {
        case .failed(let failure, let hasLeft): return SendOutcome(failure, hasLeft: hasLeft, to: Self.service)
        case .answer(let answer): return Self.outcome(answer)
        }
    }

    private static func outcome(_ answer: OutboundAnswer) -> SendOutcome {
        // The answer to a trial has no id.
        let id = answer.headers.first(name: "x-message-id")
        switch answer.status {
        case 200: return .sent(id ?? "trial")
        case 202: return id.map { .accepted($0) } ?? SendOutcome(unreadable: answer, of: service)
        default: break
        }
        guard let errors = answer.json?["errors"]?.array else { return SendOutcome(unreadable: answer, of: service) }
        // Which field it is about; what is said of it may quote what was sent.
        let fields = errors.compactMap { $0["field"]?.string }
        let details = fields.isEmpty ? nil : fields.joined(separator: ", ")
        func refused(_ kind: RefusalKind, _ words: StatusMessage) -> SendOutcome {
            .refused(
                SendRefusal(
                    kind, OutboxProblem(code: Int64(answer.status), words, details: details),
                    retryAfter: answer.retryAfter ?? resetTime(answer)))
        }
        switch answer.status {
        case 401: return refused(.auth, .badKey)
        case 403: return refused(.config, .notVerified)
        case 413: return refused(.permanent, OutboxProblem.tooLarge.words)
        case 429: return refused(.retrySlowNumber, .tooFast)
        case 400...499: return refused(.permanent, .malformed)
        // SendGrid itself says that it could not.
        default: return refused(.retry, .broken)
        }
    }

    /// `X-RateLimit-Reset` is a moment in seconds; the wait is at most a minute, as its windows are.
    private static func resetTime(_ answer: OutboundAnswer) -> Duration? {
        answer.status == 429 && answer.headers.contains(name: "x-ratelimit-reset") ? .seconds(60) : nil
    }
}

extension OutboxProblem {
    fileprivate static let tooLarge = OutboxProblem(
        StatusMessage(ar: "البريد أكبر من 30 ميجابايت", en: "The mail is larger than 30 MB"))
}

extension StatusMessage {
    fileprivate static let badKey = StatusMessage(
        ar: "رفض SendGrid المفتاح: ضع مفتاحا جديدا في api_key", en: "SendGrid refused the key: set a new api_key")
    fileprivate static let notVerified = StatusMessage(
        ar: "المفتاح لا يسمح بالإرسال أو from_email غير موثق: راجعهما في SendGrid",
        en: "The key may not send, or from_email is not verified: look into both at SendGrid")
    fileprivate static let tooFast = StatusMessage(
        ar: "رسائل كثيرة دفعة واحدة: نعيد المحاولة", en: "Too many mails at once: it is tried again")
    fileprivate static let malformed = StatusMessage(
        ar: "لم يقبل SendGrid البريد", en: "SendGrid does not take this mail")
    fileprivate static let broken = StatusMessage(
        ar: "لدى SendGrid عطل: نعيد المحاولة", en: "SendGrid has a fault of its own: it is tried again")
}
