/// What goes wrong with the next commands of one stage.
struct MailFault: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// `451 4.7.1 later`
        case reply(String)
        /// The connection ends before the command is carried out.
        case drop
        /// The command is carried out, and the connection ends without an answer.
        case lost
        /// The command is carried out, and no answer comes.
        case hang
    }

    enum Stage: String, Sendable, CaseIterable {
        case connect, hello, starttls, auth, mail, rcpt, data, content
    }

    let stage: Stage
    let kind: Kind
    var times: Int
}

/// A mail that the fake took.
struct ReceivedMail: Sendable {
    let sender: String
    let recipients: [String]
    /// As it came, without what DATA added.
    let data: [UInt8]
    /// Who signed in; nil for nobody.
    let user: String?
    let isSecured: Bool
}
