package import Domain

/// The mail server: connects, begins TLS, and leaves (RFC 5321, 3207). Sends no mail.
///
/// Passwords are not tried: many servers lock an account that signs in too often.
package struct MailCheck: StatusCheck {
    package let name = "email"
    package let isIntegration = true
    private let url: String?
    private let mailboxes: Int
    private let caFile: String?
    private let timeout: Duration

    /// - Parameters:
    ///   - url: `smtp://…` or `smtps://…`; holds a password.
    ///   - mailboxes: How many are set.
    package init(url: String?, mailboxes: Int, caFile: String? = nil, timeout: Duration) {
        self.url = url
        self.mailboxes = mailboxes
        self.caFile = caFile
        self.timeout = timeout
    }

    package func find() async -> StatusFinding {
        if url == nil, mailboxes == 0 { return .notConfigured("SMTP_URL, EMAIL_TOKENS") }
        guard let url else { return .missing("SMTP_URL") }
        guard let server = MailServer(url) else { return Self.unreadable }
        guard mailboxes > 0 else { return .missing("EMAIL_TOKENS") }
        guard let client = try? SMTPClient(server, caFile: caFile, timeout: timeout, limit: timeout) else {
            return Self.noCertificate
        }
        switch await client.run(.check) {
        case .ready: return Self.ready
        case .refused(let reply, _): return reply.isTransient ? Self.busy : Self.unreachable
        case .noTLS: return Self.noTLS
        case .untrusted: return Self.untrusted
        case .garbled, .lost, .unsure, .accepted, .noLogin, .noUnicode, .tooLarge: return Self.unreachable
        }
    }

    private static let ready = StatusFinding(
        .ok,
        StatusMessage(
            ar: "خادم البريد يجيب ويخرج البريد عبره (لا تُفحص كلمات السر)",
            en: "The mail server answers, and mail leaves over it (passwords are not tried)."))

    private static let unreadable = StatusFinding(
        .badConfig,
        StatusMessage(
            ar: "SMTP_URL غير صحيح: smtp://user:password@host:port",
            en: "SMTP_URL is not right: smtp://user:password@host:port"))

    private static let noCertificate = StatusFinding(
        .badConfig,
        StatusMessage(
            ar: "تعذرت قراءة الشهادة في SMTP_CA_FILE: صحح المسار",
            en: "The certificate of SMTP_CA_FILE cannot be read: correct the path."))

    private static let noTLS = StatusFinding(
        .badConfig,
        StatusMessage(
            ar: "خادم البريد لا يقدم STARTTLS: استعمل smtps:// أو خادما آخر",
            en: "The mail server offers no STARTTLS: use smtps:// or another server."))

    private static let untrusted = StatusFinding(
        .badConfig,
        StatusMessage(
            ar: "شهادة خادم البريد غير موثوقة: تحقق من الاسم في SMTP_URL أو ضع شهادته في SMTP_CA_FILE",
            en: "The mail server's certificate is not trusted: check the name in SMTP_URL, or set SMTP_CA_FILE."))

    private static let busy = StatusFinding(
        .limited,
        StatusMessage(
            ar: "خادم البريد مشغول: حاول بعد قليل", en: "The mail server is busy: try again in a while."))

    private static let unreachable = StatusFinding(
        .unreachable,
        StatusMessage(
            ar: "تعذر الوصول إلى خادم البريد: تحقق من SMTP_URL والشبكة",
            en: "The mail server cannot be reached: check SMTP_URL and the network."))
}
