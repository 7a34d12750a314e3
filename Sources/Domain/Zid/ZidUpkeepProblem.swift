/// Why something could not be kept up at Zid.
package enum ZidUpkeepProblem: String, Sendable, CaseIterable {
    /// Zid takes the refresh token no more.
    case grantRefused = "grant_refused"
    /// The same, after an answer with new keys may have been lost.
    case answerLost = "answer_lost"
    /// The app is not known, or its secret is wrong.
    case clientRefused = "client_refused"
    /// An address leads where the hub does not go.
    case addressForbidden = "address_forbidden"
    /// The keys are refused, or lack the right to register.
    case noRight = "no_right"
    /// Zid does not keep what is registered.
    case rejected
    case limited
    /// No connection, or no answer in time.
    case unreachable
    /// An answer that is not Zid's, or holds no keys.
    case unclear

    /// What it is to a test of the connection; nil for what may pass.
    package var outcome: StatusFinding.Outcome? {
        switch self {
        case .grantRefused, .answerLost, .clientRefused, .noRight: .badCredential
        case .addressForbidden, .rejected: .badConfig
        case .limited, .unreachable, .unclear: nil
        }
    }

    /// Says what is wrong and what to do.
    package var words: StatusMessage {
        switch self {
        case .grantRefused:
            StatusMessage(
                ar: "لا يقبل زد رمز التحديث بعد الآن: اربط التطبيق في زد من جديد وضع الرموز الثلاثة الجديدة هنا",
                en: "Zid takes the refresh token no more: connect the app at Zid again, and put the three new tokens "
                    + "here.")
        case .answerLost:
            StatusMessage(
                ar: "فُقد جواب زد الذي فيه المفاتيح الجديدة، ولا يقبل زد رمز التحديث السابق: "
                    + "اربط التطبيق في زد من جديد وضع الرموز الثلاثة الجديدة هنا",
                en: "Zid's answer with the new keys was lost, and it takes the refresh token before no more: connect "
                    + "the app at Zid again, and put the three new tokens here.")
        case .clientRefused:
            StatusMessage(
                ar: "لا يعرف زد هذا التطبيق: صحح client_id وclient_secret من لوحة شركاء زد",
                en: "Zid does not know this app: correct client_id and client_secret from Zid's partner dashboard.")
        case .addressForbidden:
            StatusMessage(
                ar: "عنوان الرموز غير مسموح: صحح token_url",
                en: "The address of the tokens is not allowed: correct token_url.")
        case .noRight:
            StatusMessage(
                ar: "لا يسمح زد بتسجيل الإشعارات: اختبر الربط، وامنح التطبيق صلاحية webhooks.read_write",
                en: "Zid does not let the hub register webhooks: test the connection, and grant the app "
                    + "webhooks.read_write.")
        case .rejected:
            StatusMessage(
                ar: "لا يقبل زد عنوان الإشعارات: تحقق من أن PUBLIC_URL هو عنوان المتجر العام",
                en: "Zid does not take the address for webhooks: check that PUBLIC_URL is the hub's public address.")
        case .limited:
            StatusMessage(ar: "يطلب زد التمهل", en: "Zid asks to wait.")
        case .unreachable:
            StatusMessage(ar: "تعذر الوصول إلى زد", en: "Zid cannot be reached.")
        case .unclear:
            StatusMessage(
                ar: "جواب زد غير مفهوم: تحقق من العناوين", en: "What answers is not Zid: check the addresses.")
        }
    }
}
