import Domain

/// A conversation with a mail server: bytes in, steps out. No I/O, no time.
///
///     greeting ─▶ hello ─▶ (startTLS ─▶ hello) ─▶ (login) ─▶ sender ─▶ recipient ─▶ data ─▶ content ─▶ over
///
/// Sources: RFC 5321, 3207 (STARTTLS), 4954 (AUTH), 6531 (SMTPUTF8), 1870 (SIZE). One mail for each connection, one
/// command at a time.
struct SMTPConversation: Sendable {
    enum Step: Sendable, Equatable {
        case send([UInt8])
        /// TLS begins on this connection; `secured` goes on.
        case secure
        /// Nothing more is said.
        case end(SMTPOutcome)
    }

    private enum State: Sendable, Equatable {
        case greeting
        case hello
        case startTLS
        case securing
        /// What is still to be said after each challenge.
        case login([String])
        case sender, recipient, data
        /// The mail was given to the connection; `isGone` once all of it has left.
        case content(isGone: Bool)
        case over
    }

    private let errand: SMTPErrand
    private let security: MailServer.Security
    private let name: String
    private var state = State.greeting
    private var isSecured: Bool
    private var offer: SMTPOffer?
    private var reader = SMTPReplyReader()

    /// - Parameter name: By which this side introduces itself: a host name, or an address in brackets.
    init(_ errand: SMTPErrand, security: MailServer.Security, name: String) {
        self.errand = errand
        self.security = security
        self.name = name
        isSecured = security == .fromTheStart
    }

    // MARK: Inputs

    mutating func receive(_ bytes: some Sequence<UInt8>) -> [Step] {
        guard state != .over else { return [] }
        guard reader.take(bytes) else { return end(.garbled) }
        var steps: [Step] = []
        while state != .over, let reply = reader.next() {
            steps += take(reply)
            // What came in the clear behind the answer to STARTTLS may be somebody else's (RFC 3207 section 6).
            if state == .securing, !reader.isEmpty { return end(.garbled) }
        }
        return steps
    }

    /// TLS has begun.
    mutating func secured() -> [Step] {
        guard state == .securing else { return [] }
        isSecured = true
        // What was said in the clear counts for nothing.
        offer = nil
        return hello()
    }

    /// All that was to be sent has left this machine.
    mutating func flushed() {
        if case .content = state { state = .content(isGone: true) }
    }

    /// The connection has ended, or the time is up.
    ///
    /// - Parameter isTLS: Whether TLS itself gave up.
    mutating func lost(byTLS isTLS: Bool = false) -> SMTPOutcome {
        defer { state = .over }
        switch state {
        case .content(isGone: true): return .unsure
        case .greeting, .hello, .securing: return isTLS ? .untrusted : .lost
        case .startTLS, .login, .sender, .recipient, .data, .content(isGone: false), .over: return .lost
        }
    }

    // MARK: Replies

    private mutating func take(_ reply: SMTPReply) -> [Step] {
        switch state {
        case .greeting:
            return reply.code == 220 ? hello() : refuse(reply, at: .greeting)
        case .hello:
            guard reply.code == 250 else { return refuse(reply, at: .greeting) }
            let offer = SMTPOffer(reply)
            self.offer = offer
            return greeted(offer)
        case .startTLS:
            guard reply.code == 220 else { return refuse(reply, at: .security) }
            state = .securing
            return [.secure]
        case .securing:
            return end(.garbled)
        case .login(let words):
            return login(reply, words)
        case .sender:
            guard reply.isPositive else { return refuse(reply, at: .sender) }
            return parcel { conversation, parcel in
                conversation.say("RCPT TO:<\(parcel.recipient)>", .recipient)
            }
        case .recipient:
            guard reply.isPositive else { return refuse(reply, at: .recipient) }
            return say("DATA", .data)
        case .data:
            guard reply.code == 354 else { return refuse(reply, at: .data) }
            return parcel { conversation, parcel in
                conversation.state = .content(isGone: false)
                return [.send(parcel.stuffed)]
            }
        case .content:
            guard reply.code == 250 else { return refuse(reply, at: .content) }
            return bye(.accepted)
        case .over:
            return []
        }
    }

    private mutating func greeted(_ offer: SMTPOffer) -> [Step] {
        if !isSecured {
            if offer.startTLS { return say("STARTTLS", .startTLS) }
            if security == .required { return bye(.noTLS) }
        }
        switch errand {
        case .check: return bye(.ready)
        case .deliver(let parcel, let login):
            if parcel.needsUnicode, !offer.unicode { return bye(.noUnicode) }
            if let most = offer.maxBytes, parcel.data.count > most { return bye(.tooLarge(maxBytes: most)) }
            guard let login else { return sender(parcel, offer) }
            return begin(login, offer)
        }
    }

    private mutating func begin(_ login: SMTPLogin, _ offer: SMTPOffer) -> [Step] {
        switch offer.mechanisms.first {
        case .plain:
            return say("AUTH PLAIN \(Base64.encode("\0\(login.user)\0\(login.password)".utf8))", .login([]))
        case .login:
            return say("AUTH LOGIN", .login([login.user, login.password]))
        case nil:
            return bye(.noLogin)
        }
    }

    private mutating func login(_ reply: SMTPReply, _ words: [String]) -> [Step] {
        if reply.code == 334, let word = words.first {
            return say(Base64.encode(word.utf8), .login(Array(words.dropFirst())))
        }
        guard reply.code == 235, let offer else { return refuse(reply, at: .login) }
        return parcel { $0.sender($1, offer) }
    }

    private mutating func sender(_ parcel: SMTPParcel, _ offer: SMTPOffer) -> [Step] {
        var command = "MAIL FROM:<\(parcel.sender)>"
        if offer.maxBytes != nil { command += " SIZE=\(parcel.data.count)" }
        if parcel.needsUnicode { command += " BODY=8BITMIME SMTPUTF8" }
        return say(command, .sender)
    }

    // MARK: Saying

    private mutating func hello() -> [Step] { say("EHLO \(name)", .hello) }

    private mutating func say(_ command: String, _ next: State) -> [Step] {
        state = next
        return [.send(Array("\(command)\r\n".utf8))]
    }

    private mutating func parcel(_ go: (inout Self, SMTPParcel) -> [Step]) -> [Step] {
        guard case .deliver(let parcel, _) = errand else { return end(.garbled) }
        return go(&self, parcel)
    }

    private mutating func refuse(_ reply: SMTPReply, at stage: SMTPStage) -> [Step] {
        // An answer that is neither yes nor no here comes from no mail server.
        guard reply.code >= 400 else { return end(.garbled) }
        return bye(.refused(reply, at: stage))
    }

    private mutating func bye(_ outcome: SMTPOutcome) -> [Step] {
        [.send(Array("QUIT\r\n".utf8))] + end(outcome)
    }

    private mutating func end(_ outcome: SMTPOutcome) -> [Step] {
        state = .over
        return [.end(outcome)]
    }
}
