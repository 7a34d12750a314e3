import Domain

/// What the end of an errand means for the outbox.
///
/// A refusal of the recipient concerns nobody else, and may last for minutes: servers put strangers off
/// (greylisting). One of the sender or of the login concerns all that the mailbox sends.
extension SendOutcome {
    init(_ outcome: SMTPOutcome, id: String) {
        switch outcome {
        case .accepted: self = .sent(id)
        case .refused(let reply, let stage): self = .refused(SendRefusal(reply, at: stage))
        case .noTLS: self = .refused(SendRefusal(.config, .noTLS))
        case .noLogin: self = .refused(SendRefusal(.config, .noLogin))
        case .untrusted: self = .refused(SendRefusal(.config, .untrusted))
        case .noUnicode: self = .refused(SendRefusal(.permanent, .noUnicode))
        case .tooLarge: self = .refused(SendRefusal(.permanent, .mailTooLarge))
        case .lost, .ready: self = .notSent(.mailServerAway)
        case .garbled: self = .refused(SendRefusal(.retry, .mailServerAway))
        case .unsure: self = .unsure(.mailUnsure)
        }
    }
}

extension SendRefusal {
    fileprivate init(_ reply: SMTPReply, at stage: SMTPStage) {
        let isTransient = reply.isTransient
        let (kind, words): (RefusalKind, StatusMessage) =
            switch stage {
            case .recipient: (isTransient ? .retryPair : .permanent, isTransient ? .putOff : .noRecipient)
            case .login: isTransient ? (.retry, .serverBusy) : (.auth, .badLogin)
            case .sender: isTransient ? (.retry, .serverBusy) : (.config, .badSender)
            case .greeting, .security: isTransient ? (.retry, .serverBusy) : (.blocked, .notServed)
            case .data, .content: isTransient ? (.retry, .serverBusy) : (.permanent, .mailRefused)
            }
        self.init(
            kind,
            OutboxProblem(code: Int64(reply.code), words, details: reply.text, isOfRecipient: stage == .recipient))
    }
}

extension StatusMessage {
    fileprivate static let putOff = StatusMessage(
        ar: "خادم المستلم يطلب المحاولة لاحقًا", en: "The recipient's mail server asks to try later")
    fileprivate static let noRecipient = StatusMessage(
        ar: "رفض خادم البريد عنوان المستلم: تحقق من العنوان",
        en: "The mail server refuses the recipient's address: check it")
    fileprivate static let serverBusy = StatusMessage(ar: "خادم البريد مشغول", en: "The mail server is busy")
    fileprivate static let badLogin = StatusMessage(
        ar: "رفض خادم البريد كلمة السر: صحح EMAIL_TOKENS",
        en: "The mail server refuses the password: correct EMAIL_TOKENS")
    fileprivate static let badSender = StatusMessage(
        ar: "لا يسمح خادم البريد بالإرسال من هذا العنوان: صحح EMAIL_TOKENS أو SMTP_URL",
        en: "The mail server lets nothing be sent from this address: correct EMAIL_TOKENS or SMTP_URL")
    fileprivate static let notServed = StatusMessage(
        ar: "يرفض خادم البريد هذا النظام: تحقق من SMTP_URL ومن الحساب عنده",
        en: "The mail server does not serve this hub: check SMTP_URL and the account there")
    fileprivate static let mailRefused = StatusMessage(
        ar: "رفض خادم البريد الرسالة", en: "The mail server refuses the mail")
}

extension OutboxProblem {
    static let noMail = OutboxProblem(StatusMessage(ar: "لم تعد هناك رسالة لإرسالها", en: "There is no mail any more"))

    static let otherMailbox = OutboxProblem(
        StatusMessage(
            ar: "صندوق البريد الذي تُرسل منه غير مُعدّ هنا: صحح EMAIL_TOKENS",
            en: "The mailbox that it is sent from is not set up: correct EMAIL_TOKENS"))

    fileprivate static let noTLS = OutboxProblem(
        StatusMessage(
            ar: "خادم البريد لا يقدم STARTTLS: استعمل smtps:// أو خادما آخر",
            en: "The mail server offers no STARTTLS: use smtps:// or another server"))

    fileprivate static let noLogin = OutboxProblem(
        StatusMessage(
            ar: "خادم البريد لا يقبل الدخول بكلمة سر", en: "The mail server takes no login with a password"))

    fileprivate static let untrusted = OutboxProblem(
        StatusMessage(
            ar: "شهادة خادم البريد غير موثوقة: تحقق من SMTP_URL أو SMTP_CA_FILE",
            en: "The mail server's certificate is not trusted: check SMTP_URL or SMTP_CA_FILE"))

    fileprivate static let noUnicode = OutboxProblem(
        StatusMessage(
            ar: "لا يقبل خادم البريد عنوانًا بغير الحروف اللاتينية",
            en: "The mail server takes no address beyond Latin letters"))

    fileprivate static let mailTooLarge = OutboxProblem(
        StatusMessage(ar: "الرسالة أكبر مما يقبله خادم البريد", en: "The mail is larger than the mail server takes"))

    fileprivate static let mailServerAway = OutboxProblem(
        StatusMessage(ar: "تعذر الوصول إلى خادم البريد", en: "The mail server cannot be reached"))

    fileprivate static let mailUnsure = OutboxProblem(
        StatusMessage(
            ar: "انقطع الاتصال بخادم البريد ولا نعلم هل أُرسلت الرسالة",
            en: "The connection to the mail server ended, and it is not known whether the mail was sent"))
}
