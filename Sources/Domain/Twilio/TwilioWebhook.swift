/// What Twilio tells by a webhook: how far a message got, or that somebody has written.
package enum TwilioWebhook: Sendable, Equatable {
    case report(TwilioReport)
    case received(TwilioMessage)

    /// Nil for a form that is neither.
    package init?(_ form: FormFields) {
        guard let sid = form["MessageSid"] ?? form["SmsSid"], sid.utf8.count <= 64, let account = form["AccountSid"]
        else { return nil }
        let status = (form["MessageStatus"] ?? form["SmsStatus"]).flatMap(TwilioStatus.init(rawValue:))
        switch status {
        case .received?, .receiving?:
            guard let message = TwilioMessage(form, sid: sid, account: account) else { return nil }
            self = .received(message)
        case let status?:
            self = .report(
                TwilioReport(sid: sid, account: account, status: status, code: form["ErrorCode"].flatMap(Int64.init)))
        case nil:
            return nil
        }
    }

    /// The same delivery told again has the same key.
    package var key: String {
        switch self {
        case .report(let report): "\(report.sid)/\(report.status.rawValue)"
        case .received(let message): message.sid
        }
    }

    /// What Twilio wants to hear: nothing is to be done.
    package static let answer = #"<?xml version="1.0" encoding="UTF-8"?><Response/>"#
}

/// How far one message got.
package struct TwilioReport: Sendable, Equatable {
    package let sid: String
    package let account: String
    package let status: TwilioStatus
    /// Why it failed.
    package let code: Int64?

    package init(sid: String, account: String, status: TwilioStatus, code: Int64?) {
        self.sid = sid
        self.account = account
        self.status = status
        self.code = code
    }

    /// For the people who wanted it sent; nil when it has not failed.
    package var problem: OutboxProblem? {
        status.messageStatus == .failed ? TwilioError.problem(ofDelivery: code) : nil
    }
}

/// A message that somebody has sent to us.
package struct TwilioMessage: Sendable, Equatable {
    package let sid: String
    package let account: String
    package let from: String
    package let to: String
    package let body: String
    /// Addresses of pictures; fetched with the account's token.
    package let media: [String]

    static let maxMedia = 10

    fileprivate init?(_ form: FormFields, sid: String, account: String) {
        guard let from = form["From"], let to = form["To"] else { return nil }
        self.sid = sid
        self.account = account
        self.from = from
        self.to = to
        body = form["Body"] ?? ""
        let count = min(form["NumMedia"].flatMap { Int($0) } ?? 0, Self.maxMedia)
        media = count > 0 ? (0..<count).compactMap { form["MediaUrl\($0)"] } : []
    }
}
