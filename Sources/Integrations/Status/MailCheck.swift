package import Domain

/// The mail server: connects, hears its greeting, introduces itself, and leaves (RFC 5321). Sends no mail.
///
/// Passwords are not tried: without TLS they would travel in the clear, and many servers lock an account that
/// signs in too often.
package struct MailCheck: StatusCheck {
    package let name = "email"
    package let isIntegration = true
    private let url: String?
    private let mailboxes: Int
    private let timeout: Duration

    /// - Parameters:
    ///   - url: `smtp://…` or `smtps://…`; holds a password.
    ///   - mailboxes: How many are set.
    package init(url: String?, mailboxes: Int, timeout: Duration) {
        self.url = url
        self.mailboxes = mailboxes
        self.timeout = timeout
    }

    package func find() async -> StatusFinding {
        if url == nil, mailboxes == 0 { return .notConfigured("SMTP_URL, EMAIL_TOKENS") }
        guard let url else { return .missing("SMTP_URL") }
        guard let address = MailAddress(url) else { return Self.unreadable }
        guard mailboxes > 0 else { return .missing("EMAIL_TOKENS") }
        do {
            switch try await SMTPGreeting.exchange(with: address, timeout: timeout) {
            case .ready:
                return StatusFinding(
                    .ok,
                    StatusMessage(
                        ar: "خادم البريد يجيب (لا تُفحص كلمات السر)",
                        en: "The mail server answers (passwords are not tried)."))
            case .busy: return Self.busy
            case .garbage: return Self.unreachable
            }
        } catch {
            return Self.unreachable
        }
    }

    private static let unreadable = StatusFinding(
        .badConfig,
        StatusMessage(
            ar: "SMTP_URL غير صحيح: smtp://user:password@host:port",
            en: "SMTP_URL is not right: smtp://user:password@host:port"))

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
