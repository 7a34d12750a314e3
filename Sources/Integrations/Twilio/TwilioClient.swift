package import Domain
import NIOHTTP1

/// Sends SMS over Twilio, each with one request: whether to try again is the outbox's to decide.
///
/// Twilio knows no idempotency key. When an answer is lost, the message is looked up once; what is not found then stays
/// unsure, until a report that carries our name for it settles it.
package struct TwilioClient: Sendable {
    private let account: TwilioAccount
    private let client: OutboundClient
    private let timeout: Duration

    /// What a look into Twilio's list says.
    package enum Lookup: Sendable, Equatable {
        case found(sid: String)
        case notThere
        /// Twilio did not answer.
        case unknown
    }

    private static let service = "Twilio"
    /// How far Twilio's clock may be behind ours.
    private static let clockSkew: Duration = .seconds(30)
    /// Of the list, newest first; it is of one recipient.
    private static let listed = "50"

    package init(_ account: TwilioAccount, client: OutboundClient, timeout: Duration = .seconds(30)) {
        self.account = account
        self.client = client
        self.timeout = timeout
    }

    /// Never throws, because how it ended is the answer.
    ///
    /// - Parameters:
    ///   - number: E.164, with its plus.
    ///   - callback: Where reports go; its query carries our name for the message. Nil for no reports.
    ///   - moment: When it is asked; what Twilio took before is another message.
    ///   - known: Ids that belong to other messages of ours.
    package func send(
        _ text: String,
        to number: String,
        callback: String?,
        at moment: Timestamp,
        known: Set<String> = []
    ) async -> SendOutcome {
        guard TwilioAccount.isNumber(number) else { return Self.refused(21211) }
        let measured = SMSText(text)
        guard measured.segments > 0 else { return Self.refused(21602) }
        guard !measured.isTooLong else { return Self.refused(21617) }
        var form: FormFields = ["To": number, "Body": text]
        form.append(account.hasService ? "MessagingServiceSid" : "From", account.sender)
        if let callback { form.append("StatusCallback", callback) }
        let request = OutboundRequest(
            .POST, account.url("Messages"), headers: [account.authorization], form: form)
        let outcome: SendOutcome
        switch await client.send(request, within: timeout) {
        case .failed(let failure, let hasLeft):
            outcome = SendOutcome(failure, hasLeft: hasLeft, to: Self.service)
        case .answer(let answer):
            outcome = Self.outcome(answer, hasCallback: callback != nil)
        }
        guard case .unsure = outcome,
            case .found(let sid) = await find(text, to: number, since: moment, known: known)
        else { return outcome }
        return callback == nil ? .sent(sid) : .accepted(sid)
    }

    /// Looks whether Twilio has a message: to ask before something is sent again.
    package func find(
        _ text: String,
        to number: String,
        since moment: Timestamp,
        known: Set<String> = []
    ) async -> Lookup {
        var url = account.url("Messages")
        let query: FormFields = ["To": number, "PageSize": Self.listed]
        url.target += "?\(query.text)"
        let request = OutboundRequest(.GET, url, headers: [account.authorization])
        // Bodies of 1,600 characters make long lists.
        guard case .answer(let answer) = await client.send(request, within: timeout, maxBytes: 1024 * 1024),
            answer.status == 200, let list = answer.json?["messages"]?.array
        else { return .unknown }
        // The earliest: should the same words have been sent twice, the later one has its own try.
        let found = list.compactMap(TwilioSent.init(json:)).last { message in
            message.isOurs && message.to == number && message.body == text && !known.contains(message.sid)
                && message.createdAt >= moment - Self.clockSkew
        }
        return found.map { .found(sid: $0.sid) } ?? .notThere
    }

    private static func outcome(_ answer: OutboundAnswer, hasCallback: Bool) -> SendOutcome {
        let json = answer.json
        if (200...299).contains(answer.status), let sid = json?["sid"]?.string, !sid.isEmpty {
            return hasCallback ? .accepted(sid) : .sent(sid)
        }
        if let code = json?["code"]?.integer,
            let refusal = TwilioError.refusal(code, retryAfter: answer.retryAfter)
        {
            return .refused(refusal)
        }
        return SendOutcome(unreadable: answer, of: service)
    }

    private static func refused(_ code: Int64) -> SendOutcome {
        // All codes that are used here are in the table.
        .refused(
            TwilioError.refusal(code, retryAfter: nil)
                ?? SendRefusal(.permanent, TwilioError.problem(ofDelivery: code)))
    }
}
