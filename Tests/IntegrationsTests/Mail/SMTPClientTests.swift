import Domain
import NIOCore
import NIOPosix
import Testing

@testable import Integrations

/// Over real sockets; TLS is tested end to end.
@Suite struct SMTPClientTests {
    private static let script = ["220 hi", "250-x\r\n250 AUTH PLAIN", "235 ok", "250 ok", "250 ok", "354 go"]
    private static let parcel = SMTPParcel(
        sender: "a@example.com", recipient: "b@example.net", data: Array("Subject: x\r\n\r\nx\r\n".utf8))

    /// How a delivery ends at a server that answers so, and then does what `end` says.
    private static func outcome(_ script: [String], then end: SMTPScript.End) async throws -> SMTPOutcome {
        let channel = try await SMTPScript.serve(script, then: end)
        let server = try #require(MailServer("smtp://127.0.0.1:\(channel.localAddress?.port ?? 0)"))
        let client = try SMTPClient(server, timeout: end == .silence ? .seconds(2) : .seconds(20), limit: .seconds(30))
        let outcome = await client.run(.deliver(parcel, login: SMTPLogin(user: "a", password: "b")))
        try await channel.close()
        return outcome
    }

    @Test func aMailIsHandedOver() async throws {
        #expect(try await Self.outcome(Self.script + ["250 queued"], then: .silence) == .accepted)
    }

    @Test(arguments: [SMTPScript.End.close, .silence])
    func whatIsLostBeforeTheDotWasNotSent(_ end: SMTPScript.End) async throws {
        for count in 0..<Self.script.count {
            #expect(try await Self.outcome(Array(Self.script.prefix(count)), then: end) == .lost)
        }
    }

    @Test(arguments: [SMTPScript.End.close, .silence])
    func whatIsLostBehindTheDotIsNotKnown(_ end: SMTPScript.End) async throws {
        #expect(try await Self.outcome(Self.script, then: end) == .unsure)
    }

    @Test func nobodyThereIsNoMailSent() async throws {
        let server = try #require(MailServer("smtp://127.0.0.1:1"))
        let client = try SMTPClient(server, timeout: .seconds(10), limit: .seconds(20))
        #expect(await client.run(.check) == .lost)
    }

    @Test func aCheckTellsWhatIsWrong() async throws {
        let answers: [([String], String, StatusFinding.Outcome)] = [
            (["220 hi", "250 x"], "smtp", .ok),
            (["421 busy"], "smtp", .limited),
            (["554 no"], "smtp", .unreachable),
            (["HTTP/1.1 400 what"], "smtp", .unreachable),
            (["220 hi"], "smtps", .badConfig),
        ]
        for (script, scheme, result) in answers {
            let channel = try await SMTPScript.serve(script, then: .silence)
            let url = "\(scheme)://127.0.0.1:\(channel.localAddress?.port ?? 0)"
            let found = await MailCheck(url: url, mailboxes: 1, timeout: .seconds(5)).find()
            #expect(found.outcome == result, "\(script)")
            try await channel.close()
        }
    }
}

/// A server that greets, and answers each line, or each mail, with the next of its lines.
enum SMTPScript {
    enum End: Sendable { case close, silence }

    static func serve(_ script: [String], then end: End) async throws -> any Channel {
        try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(script, end))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private var script: ArraySlice<String>
        private let end: End
        private var text = ""
        private var isMail = false

        init(_ script: [String], _ end: End) {
            self.script = script[...]
            self.end = end
        }

        func channelActive(context: ChannelHandlerContext) { answer(context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(decoding: unwrapInboundIn(data).readableBytesView, as: UTF8.self)
            guard text.hasSuffix(isMail ? "\r\n.\r\n" : "\r\n") else { return }
            text = ""
            answer(context)
        }

        private func answer(_ context: ChannelHandlerContext) {
            guard let line = script.popFirst() else {
                if end == .close { context.close(promise: nil) }
                return
            }
            isMail = line.hasPrefix("354")
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: line + "\r\n")), promise: nil)
        }
    }
}
