/// What the codes of the Graph API ask for, and what they mean to people.
///
/// Source: WhatsApp Business Platform, "Error codes". Meta asks to branch on the code alone, because titles, subcodes
/// and HTTP statuses change. The exceptions are 100, whose subcode tells a wrong number from a wrong parameter, and
/// `is_transient`, which makes a temporary error of a code that is none by itself.
enum WhatsAppErrorTable {
    /// Nil for a code that is not known.
    static func kind(of error: WhatsAppError) -> RefusalKind? {
        guard let kind = meaning(of: error)?.kind else { return nil }
        switch kind {
        case .permanent: return error.isTransient ? .retry : kind
        case .retry, .retryOnce, .retryPair, .retrySlowNumber, .auth, .config, .blocked, .restricted,
            .permanentUntil:
            return kind
        }
    }

    static func words(of error: WhatsAppError) -> StatusMessage {
        meaning(of: error)?.words
            ?? StatusMessage(
                ar: "رفض واتساب الرسالة لسبب غير معروف لدينا",
                en: "WhatsApp refused the message for a reason we do not know")
    }

    struct Meaning: Sendable, Equatable {
        let kind: RefusalKind
        let words: StatusMessage

        init(_ kind: RefusalKind, ar: String, en: String) {
            self.kind = kind
            words = StatusMessage(ar: ar, en: en)
        }
    }

    static func meaning(of error: WhatsAppError) -> Meaning? {
        switch error.code {
        case 100 where error.subcode == 33: wrongNumber
        case 200...299: missingRight
        default: byCode[error.code]
        }
    }

    static let byCode: [Int64: Meaning] = {
        var table: [Int64: Meaning] = [:]
        for (codes, meaning) in rows {
            for code in codes { table[code] = meaning }
        }
        return table
    }()

    private static let missingRight = Meaning(
        .auth, ar: "المفتاح لا يملك صلاحية الإرسال: أضف الصلاحية لدى ميتا",
        en: "The key may not send: grant it the right at Meta")

    private static let wrongNumber = Meaning(
        .config, ar: "رقم المتجر غير معروف لهذا المفتاح: صحح WA_PHONE_ID",
        en: "The shop's number is not known to this key: correct WA_PHONE_ID")

    private static let rows: [([Int64], Meaning)] = [
        (
            [0, 102, 104, 190],
            Meaning(
                .auth, ar: "مفتاح واتساب غير صالح أو انتهى: ضع مفتاحا جديدا",
                en: "The WhatsApp key is not valid or has expired: set a new one")
        ),
        ([3, 10, 131_005], missingRight),
        ([33, 803], wrongNumber),
        (
            [100, 131_008, 131_009, 135_000],
            Meaning(
                .permanent, ar: "لم يفهم واتساب الرسالة: أبلغ الدعم الفني",
                en: "WhatsApp did not understand the message: tell technical support")
        ),
        (
            [1, 2, 131_000, 131_016, 133_004],
            Meaning(
                .retry, ar: "عطل مؤقت في واتساب: نعيد المحاولة", en: "WhatsApp has a passing fault: it is tried again")
        ),
        (
            [4, 80_007, 130_429],
            Meaning(
                .retrySlowNumber, ar: "رسائل كثيرة من رقم المتجر: نبطئ الإرسال",
                en: "Too many messages from the shop's number: sending slows down")
        ),
        (
            [131_056],
            Meaning(
                .retryPair, ar: "رسائل كثيرة إلى هذا العميل: نعيد المحاولة بعد قليل",
                en: "Too many messages to this customer: it is tried again shortly")
        ),
        (
            [131_048, 131_064],
            Meaning(
                .restricted, ar: "قيّد واتساب رقم المتجر بسبب بلاغات: أوقف الرسائل التسويقية",
                en: "WhatsApp restricts the shop's number because of complaints: stop marketing messages")
        ),
        (
            [131_049],
            Meaning(
                .permanentUntil(.seconds(86_400)), ar: "لم يوصل واتساب الرسالة التسويقية: حاول بعد يوم",
                en: "WhatsApp did not deliver the marketing message: try again after a day")
        ),
        (
            [130_472],
            Meaning(
                .permanent, ar: "لم يوصل واتساب الرسالة لأن العميل ضمن تجربة لدى ميتا",
                en: "WhatsApp did not deliver it: the customer is part of an experiment of Meta's")
        ),
        (
            [131_050],
            Meaning(
                .permanent, ar: "أوقف العميل الرسائل التسويقية من المتجر",
                en: "The customer has stopped marketing messages of the shop")
        ),
        (
            [131_026],
            Meaning(
                .permanent, ar: "تعذر التوصيل: الرقم ليس على واتساب أو نسخته قديمة",
                en: "It cannot be delivered: the number is not on WhatsApp, or its app is too old")
        ),
        (
            [131_047],
            Meaning(
                .permanent, ar: "مضت ٢٤ ساعة منذ آخر رسالة من العميل: أرسل قالبا",
                en: "24 hours have passed since the customer's last message: send a template")
        ),
        (
            [131_051],
            Meaning(
                .permanent, ar: "لا يدعم واتساب هذا النوع من الرسائل",
                en: "WhatsApp does not support this kind of message")
        ),
        (
            [131_052, 131_053],
            Meaning(
                .retryOnce, ar: "تعذر على واتساب معالجة الملف: أرسله بنوع آخر",
                en: "WhatsApp could not handle the file: send it in another format")
        ),
        (
            [131_021],
            Meaning(
                .permanent, ar: "لا يمكن الإرسال إلى رقم المتجر نفسه", en: "The shop cannot write to its own number")
        ),
        (
            // Of a test number, and of this recipient alone: others on its list are reached.
            [131_030],
            Meaning(
                .permanent, ar: "الرقم التجريبي لا يراسل إلا الأرقام المسموحة: أضف الرقم لدى ميتا",
                en: "A test number may only write to allowed recipients: add this one at Meta")
        ),
        (
            [131_031, 368, 130_497],
            Meaning(
                .blocked, ar: "أوقفت ميتا حساب المتجر: راجع مدير أعمال ميتا",
                en: "Meta has locked the shop's account: look into Meta Business Manager")
        ),
        (
            [131_037, 131_045, 133_010],
            Meaning(
                .config, ar: "تسجيل رقم المتجر لدى ميتا غير مكتمل: أكمله",
                en: "The shop's number is not fully registered at Meta: complete it")
        ),
        (
            [131_042, 131_044],
            Meaning(
                .config, ar: "مشكلة في الدفع لدى ميتا: أصلح وسيلة الدفع",
                en: "Meta has a problem with the payment: fix it there")
        ),
        (
            [131_057],
            Meaning(
                .retry, ar: "حساب المتجر لدى ميتا تحت الصيانة: نعيد المحاولة",
                en: "The shop's account is under maintenance at Meta: it is tried again")
        ),
        (
            [131_062],
            Meaning(
                .permanent, ar: "هذا العميل يخفي رقمه ولا تصله هذه الرسالة",
                en: "This customer hides their number and cannot get this kind of message")
        ),
        (
            [132_000, 132_001, 132_005, 132_007, 132_008, 132_012],
            Meaning(
                .permanent, ar: "القالب غير موجود أو بياناته ناقصة: راجع القالب",
                en: "The template does not exist or its parameters do not fit: check the template")
        ),
        (
            [132_015, 132_016],
            Meaning(
                .permanent, ar: "أوقفت ميتا هذا القالب: استخدم غيره",
                en: "Meta has paused this template: use another one")
        ),
    ]
}
