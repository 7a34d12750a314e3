/// Why something was not sent, for the people who wanted it sent.
package struct OutboxProblem: Sendable, Equatable {
    /// The provider's number for it.
    package let code: Int64?
    package let words: StatusMessage
    /// What the provider says in its own words; may be in any language.
    package let details: String?
    /// Whether it lies with the recipient alone, as a number that does not exist: it says nothing of the service.
    package let isOfRecipient: Bool

    /// Of a provider's own words no more is kept.
    static let maxDetails = 500

    package init(code: Int64? = nil, _ words: StatusMessage, details: String? = nil, isOfRecipient: Bool = false) {
        self.code = code
        self.words = words
        self.isOfRecipient = isOfRecipient
        self.details = details.map { String($0.prefix(Self.maxDetails).filter { $0 != "\0" }) }
    }

    /// One line in both languages, with the number to look it up by.
    package var text: String {
        let both = "\(words.ar) · \(words.en)"
        return code.map { "\(both) (\($0))" } ?? both
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = ["ar": .string(words.ar), "en": .string(words.en)]
        members["code"] = code.map { .integer($0) }
        members["details"] = details.map { .string($0) }
        if isOfRecipient { members["recipient"] = true }
        return .object(members)
    }

    package init?(json: JSONValue) {
        guard let ar = json["ar"]?.string, let en = json["en"]?.string else { return nil }
        self.init(
            code: json["code"]?.integer, StatusMessage(ar: ar, en: en), details: json["details"]?.string,
            isOfRecipient: json["recipient"]?.bool ?? false)
    }

    // MARK: Our own

    static let unknownOutcome = OutboxProblem(
        StatusMessage(
            ar: "لا نعلم هل وصلت الرسالة: تحقق قبل إعادة الإرسال",
            en: "It is not known whether it arrived: check before you send it again"))

    static let tooLate = OutboxProblem(
        StatusMessage(
            ar: "تعذر الإرسال مدة طويلة فتوقفت المحاولة: أرسلها من جديد إن لزم",
            en: "It could not be sent for too long, so it was given up: send it again if it is still needed"))
}
