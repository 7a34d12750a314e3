/// What Twilio's numbers for errors ask for ("Error and Warning Dictionary").
package enum TwilioError {
    /// Of a request; nil for a number that says no more than the status of the answer.
    package static func refusal(_ code: Int64, retryAfter: Duration?) -> SendRefusal? {
        let found: (RefusalKind, StatusMessage)? =
            switch code {
            case 20003: (.auth, .badKey)
            case 20404: (.config, .noAccount)
            case 20005, 30002: (.blocked, .blockedAccount)
            case 20429, 14107, 21611, 30022: (.retrySlowNumber, .tooFast)
            case 21211, 21214, 21217, 21421: (.permanent, .badNumber)
            case 21212, 21603, 21606, 21659, 21660, 21703: (.config, .badSender)
            case 21408: (.permanent, .countryOff)
            case 21608: (.permanent, .trial)
            case 21610: (.permanent, .optedOut)
            case 21614: (.permanent, .noMobile)
            case 21602, 21619: (.permanent, .empty)
            case 21605, 21617: (.permanent, .tooLong)
            default: nil
            }
        return found.map { kind, words in
            SendRefusal(
                kind, OutboxProblem(code: code, words, isOfRecipient: isOfRecipient(code)), retryAfter: retryAfter)
        }
    }

    /// Of a message that was taken and did not arrive.
    package static func problem(ofDelivery code: Int64?) -> OutboxProblem {
        let words: StatusMessage =
            switch code {
            case 30002: .blockedAccount
            case 30003: .unreachablePhone
            case 30004, 21610: .blockedByPhone
            case 30005: .unknownPhone
            case 30006: .noMobile
            case 30007: .filtered
            default: .notDelivered
            }
        return OutboxProblem(code: code, words, isOfRecipient: code.map(isOfRecipient) ?? false)
    }

    /// A number that is none, a phone that is off or takes nothing from us.
    private static func isOfRecipient(_ code: Int64) -> Bool {
        switch code {
        case 21211, 21214, 21217, 21421, 21610, 21614, 30003, 30004, 30005, 30006: true
        default: false
        }
    }
}

extension StatusMessage {
    fileprivate static let badKey = StatusMessage(
        ar: "رفض Twilio المفتاح: صحح account_sid وauth_token",
        en: "Twilio refused the key: correct account_sid and auth_token")
    fileprivate static let noAccount = StatusMessage(
        ar: "لا يعرف Twilio هذا الحساب: صحح account_sid", en: "Twilio does not know the account: correct account_sid")
    fileprivate static let blockedAccount = StatusMessage(
        ar: "أوقف Twilio الحساب: راجع حسابك هناك", en: "Twilio has suspended the account: look into it there")
    fileprivate static let tooFast = StatusMessage(
        ar: "رسائل كثيرة دفعة واحدة: نعيد المحاولة", en: "Too many messages at once: it is tried again")
    fileprivate static let badNumber = StatusMessage(
        ar: "رقم العميل غير صحيح: اكتبه مع رمز الدولة مثل ‎+966501234567",
        en: "The customer's number is not right: write it with its country, like +966501234567")
    fileprivate static let badSender = StatusMessage(
        ar: "لا يمكن الإرسال من from_number: اختر رقما من حسابك في Twilio",
        en: "from_number cannot send: take a number of your account at Twilio")
    fileprivate static let countryOff = StatusMessage(
        ar: "الإرسال إلى هذه الدولة غير مفعل في Twilio: فعّله هناك",
        en: "Sending to this country is switched off at Twilio: switch it on there")
    fileprivate static let trial = StatusMessage(
        ar: "الحساب التجريبي يرسل إلى الأرقام الموثقة فقط: وثّق الرقم أو رقِّ الحساب",
        en: "A trial account only sends to verified numbers: verify the number or upgrade the account")
    fileprivate static let optedOut = StatusMessage(
        ar: "طلب العميل عدم استقبال الرسائل", en: "The customer has asked for no more messages")
    fileprivate static let noMobile = StatusMessage(
        ar: "الرقم ليس لهاتف جوال", en: "The number is not of a mobile phone")
    fileprivate static let empty = StatusMessage(ar: "الرسالة فارغة", en: "The message is empty")
    fileprivate static let tooLong = StatusMessage(
        ar: "الرسالة أطول من 1600 حرف: قسّمها", en: "The message has more than 1600 characters: split it")
    fileprivate static let unreachablePhone = StatusMessage(
        ar: "الهاتف مغلق أو خارج التغطية", en: "The phone is off or out of reach")
    fileprivate static let blockedByPhone = StatusMessage(
        ar: "الهاتف لا يقبل رسائل من هذا الرقم", en: "The phone takes no messages from this number")
    fileprivate static let unknownPhone = StatusMessage(
        ar: "الرقم غير موجود", en: "The number does not exist")
    fileprivate static let filtered = StatusMessage(
        ar: "حجب المشغل الرسالة: عدّل النص أو سجّل اسم المرسل",
        en: "The operator filtered the message: change its words, or register the sender")
    fileprivate static let notDelivered = StatusMessage(
        ar: "لم تصل الرسالة القصيرة", en: "The SMS was not delivered")
}
