/// What a connection to a mail server is made for.
enum SMTPErrand: Sendable, Equatable {
    /// To see that it answers, and speaks TLS. Passwords are not tried.
    case check
    case deliver(SMTPParcel, login: SMTPLogin?)
}

/// A mail for one recipient.
struct SMTPParcel: Sendable, Equatable {
    let sender: String
    let recipient: String
    /// Lines end with CR LF; no line is longer than 998 bytes.
    let data: [UInt8]

    /// Whether an address needs the server to take UTF-8 (RFC 6531).
    var needsUnicode: Bool { !(sender + recipient).utf8.allSatisfy { $0 < 0x80 } }

    /// As it travels behind DATA: dots that begin a line are doubled, and one alone ends it (RFC 5321 section 4.5.2).
    var stuffed: [UInt8] {
        let dot = UInt8(ascii: ".")
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.count + 64)
        var isAtStart = true
        for byte in data {
            if isAtStart, byte == dot { bytes.append(dot) }
            bytes.append(byte)
            isAtStart = byte == UInt8(ascii: "\n")
        }
        if !isAtStart { bytes += "\r\n".utf8 }
        return bytes + ".\r\n".utf8
    }
}

/// How an errand ended.
enum SMTPOutcome: Sendable, Equatable {
    /// Of a check: it answers, and speaks TLS where that is asked for.
    case ready
    /// It is the server's from now on.
    case accepted
    case refused(SMTPReply, at: SMTPStage)
    /// The server offers no STARTTLS, and nothing is said without.
    case noTLS
    /// The server offers no way to sign in that is known here.
    case noLogin
    /// An address is not ASCII, which the server does not take.
    case noUnicode
    /// The server takes no mail of this size.
    case tooLarge(maxBytes: Int)
    /// What answers is no mail server.
    case garbled
    /// The certificate is not to be trusted, or TLS did not come about.
    case untrusted
    /// No connection, or it ended before the mail was on its way.
    case lost
    /// The mail was on its way; whether it arrived is not known.
    case unsure
}

/// Where in the conversation a server refused.
enum SMTPStage: Sendable, Equatable {
    case greeting, security, login, sender, recipient, data, content
}
