/// One message that a webhook told of.
package struct WhatsAppMessage: Sendable, Equatable {
    /// Our number, by its id at Meta.
    package let number: String
    /// `wamid.…`: the same for every delivery of this message.
    package let id: String
    /// The customer: who wrote it, or to whom staff wrote it from the phone app.
    package let person: WhatsAppPerson
    /// When WhatsApp says it was sent; whole seconds.
    package let sentAt: Timestamp
    package let content: WhatsAppContent
    package let context: WhatsAppContext
    /// Whether staff sent it from the phone app (`smb_message_echoes`).
    package let isEcho: Bool

    package init(
        number: String,
        id: String,
        person: WhatsAppPerson,
        sentAt: Timestamp,
        content: WhatsAppContent,
        context: WhatsAppContext = WhatsAppContext(),
        isEcho: Bool = false
    ) {
        self.number = number
        self.id = id
        self.person = person
        self.sentAt = sentAt
        self.content = content
        self.context = context
        self.isEcho = isEcho
    }
}

/// What a message hangs on.
package struct WhatsAppContext: Sendable, Equatable {
    /// The message it answers.
    package let repliesTo: String?
    package let isForwarded: Bool
    /// The product page it was written from.
    package let product: JSONValue?
    /// The advertisement it came through.
    package let referral: JSONValue?

    package init(
        repliesTo: String? = nil,
        isForwarded: Bool = false,
        product: JSONValue? = nil,
        referral: JSONValue? = nil
    ) {
        self.repliesTo = repliesTo
        self.isForwarded = isForwarded
        self.product = product
        self.referral = referral
    }
}

/// How far a message of ours got.
package struct WhatsAppStatus: Sendable, Equatable {
    package let number: String
    /// The message's `wamid.…`.
    package let id: String
    package let state: MessageStatus
    package let at: Timestamp
    /// Nil in some error reports.
    package let person: WhatsAppPerson?
    /// What we sent along: names our message where the wamid is not known yet.
    package let callback: String?
    package let problem: WhatsAppProblem?

    package init(
        number: String,
        id: String,
        state: MessageStatus,
        at: Timestamp,
        person: WhatsAppPerson? = nil,
        callback: String? = nil,
        problem: WhatsAppProblem? = nil
    ) {
        self.number = number
        self.id = id
        self.state = state
        self.at = at
        self.person = person
        self.callback = callback
        self.problem = problem
    }
}

/// An error as Meta tells it.
package struct WhatsAppProblem: Sendable, Equatable {
    package let code: Int64?
    package let title: String?
    package let details: String?

    package init(code: Int64?, title: String?, details: String? = nil) {
        self.code = code
        self.title = title
        self.details = details
    }

    /// For people: what went wrong, with the number to look it up by.
    package var text: String {
        let words = details ?? title ?? "WhatsApp gave no reason"
        return code.map { "\(words) (\($0))" } ?? words
    }
}

/// A wish about marketing messages.
package struct WhatsAppPreference: Sendable, Equatable {
    package let number: String
    package let person: WhatsAppPerson
    package let at: Timestamp
    /// `marketing_messages`.
    package let category: String
    /// Whether such messages are to stop.
    package let isStop: Bool

    package init(number: String, person: WhatsAppPerson, at: Timestamp, category: String, isStop: Bool) {
        self.number = number
        self.person = person
        self.at = at
        self.category = category
        self.isStop = isStop
    }
}

/// Something about our account, for the audit log: templates, quality, restrictions, errors.
package struct WhatsAppNotice: Sendable, Equatable {
    /// The webhook's field, or `errors`.
    package let field: String
    /// The business account.
    package let account: String
    package let value: JSONValue

    package init(field: String, account: String, value: JSONValue) {
        self.field = field
        self.account = account
        self.value = value
    }
}
