import Foundation
import NIOCore
import NIOSSL

/// One connection to the mail server: just enough of RFC 5321, 3207 and 4954.
final class MailSession: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let maxBytes = 32 * 1024 * 1024

    private let fake: MailFake
    /// Nil when no STARTTLS is offered.
    private let tls: NIOSSLContext?
    private var input: [UInt8] = []
    private var isSecured = false
    private var user: String?
    private var sender: String?
    private var recipients: [String] = []
    private var mail: [UInt8]?
    /// The words of AUTH LOGIN so far; nil outside of it.
    private var words: [String]?

    init(_ fake: MailFake, tls: NIOSSLContext?) {
        self.fake = fake
        self.tls = tls
    }

    func channelActive(context: ChannelHandlerContext) {
        act(.connect, context) { say("220 fake.mail ESMTP", context) }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        input += unwrapInboundIn(data).readableBytesView
        guard input.count + (mail?.count ?? 0) <= Self.maxBytes else { return context.close(promise: nil) }
        while let end = input.firstIndex(of: UInt8(ascii: "\n")) {
            let line = Array(input[..<end])
            input.removeSubrange(...end)
            take(line.last == UInt8(ascii: "\r") ? Array(line.dropLast()) : line, context)
        }
    }

    private func take(_ line: [UInt8], _ context: ChannelHandlerContext) {
        if mail != nil { return content(line, context) }
        let text = String(decoding: line, as: UTF8.self)
        if words != nil { return login(text, context) }
        let verb = text.prefix { $0 != " " }.uppercased()
        switch verb {
        case "EHLO": act(.hello, context) { say("250-fake.mail\r\n\(offers)250 ENHANCEDSTATUSCODES", context) }
        case "STARTTLS": act(.starttls, context) { secure(context) }
        case "AUTH": act(.auth, context) { authenticate(text, context) }
        case "MAIL": act(.mail, context) { from(text, context) }
        case "RCPT": act(.rcpt, context) { to(text, context) }
        case "DATA":
            act(.data, context) {
                guard !recipients.isEmpty else { return say("503 5.5.1 first MAIL and RCPT", context) }
                mail = []
                say("354 go on", context)
            }
        case "QUIT":
            say("221 2.0.0 bye", context)
            context.close(promise: nil)
        case "RSET", "NOOP": say("250 2.0.0 ok", context)
        default: say("500 5.5.2 what?", context)
        }
    }

    private var offers: String {
        let startTLS = tls != nil && !isSecured ? "250-STARTTLS\r\n" : ""
        // A password is asked for under TLS alone, where there is TLS.
        let auth = tls == nil || isSecured ? "250-AUTH PLAIN LOGIN\r\n" : ""
        return "\(startTLS)\(auth)250-SIZE \(Self.maxBytes)\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
    }

    // MARK: Commands

    private func secure(_ context: ChannelHandlerContext) {
        guard let tls, !isSecured else { return say("502 5.5.1 no TLS here", context) }
        say("220 2.0.0 go on", context)
        try? context.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls), position: .first)
        isSecured = true
        user = nil
    }

    private func authenticate(_ text: String, _ context: ChannelHandlerContext) {
        let parts = text.split(separator: " ").map(String.init)
        switch parts.dropFirst().first?.uppercased() {
        case "PLAIN" where parts.count == 3:
            let fields = Self.decoded(parts[2]).split(separator: "\0", omittingEmptySubsequences: false)
            admit(fields.count == 3 ? (String(fields[1]), String(fields[2])) : nil, context)
        case "LOGIN":
            words = []
            say("334 VXNlcm5hbWU6", context)
        default: say("504 5.5.4 PLAIN or LOGIN", context)
        }
    }

    private func login(_ text: String, _ context: ChannelHandlerContext) {
        let said = (words ?? []) + [Self.decoded(text)]
        guard said.count == 2 else {
            words = said
            return say("334 UGFzc3dvcmQ6", context)
        }
        words = nil
        admit((said[0], said[1]), context)
    }

    private func admit(_ login: (user: String, password: String)?, _ context: ChannelHandlerContext) {
        guard let login, fake.mailboxes[login.user] == login.password else {
            return say("535 5.7.8 wrong user or password", context)
        }
        user = login.user
        say("235 2.7.0 welcome", context)
    }

    private func from(_ text: String, _ context: ChannelHandlerContext) {
        guard let address = Self.address(text) else { return say("501 5.5.4 MAIL FROM:<address>", context) }
        guard fake.mailboxes.isEmpty || user == address else { return say("530 5.7.0 sign in as \(address)", context) }
        sender = address
        recipients = []
        say("250 2.1.0 ok", context)
    }

    private func to(_ text: String, _ context: ChannelHandlerContext) {
        guard sender != nil, let address = Self.address(text) else { return say("503 5.5.1 first MAIL", context) }
        recipients.append(address)
        say("250 2.1.5 ok", context)
    }

    private func content(_ line: [UInt8], _ context: ChannelHandlerContext) {
        guard line == [UInt8(ascii: ".")] else {
            mail? += (line.first == UInt8(ascii: ".") ? Array(line.dropFirst()) : line) + Array("\r\n".utf8)
            return
        }
        let received = ReceivedMail(
            sender: sender ?? "", recipients: recipients, data: mail ?? [], user: user, isSecured: isSecured)
        mail = nil
        act(.content, context) {
            fake.take(received)
            say("250 2.0.0 taken", context)
        }
    }

    // MARK: Answers

    /// Whether an answer that was lost or hangs is swallowed.
    private var isMute = false

    private func act(_ stage: MailFault.Stage, _ context: ChannelHandlerContext, _ run: () -> Void) {
        switch fake.nextFault(at: stage) {
        case nil: run()
        case .reply(let text): say(text, context)
        case .drop: context.close(promise: nil)
        case .lost:
            isMute = true
            run()
            context.close(promise: nil)
        case .hang:
            isMute = true
            run()
        }
    }

    private func say(_ text: String, _ context: ChannelHandlerContext) {
        guard !isMute else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "\(text)\r\n")), promise: nil)
    }

    private static func decoded(_ text: String) -> String {
        Data(base64Encoded: text).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// What stands between `<` and `>`.
    private static func address(_ text: String) -> String? {
        guard let start = text.firstIndex(of: "<"), let end = text.firstIndex(of: ">"), start < end else { return nil }
        return String(text[text.index(after: start)..<end])
    }
}
