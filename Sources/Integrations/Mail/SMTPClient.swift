import Domain
import NIOCore
import NIOPosix
import NIOSSL

/// Runs errands to a mail server, each over a connection of its own.
package struct SMTPClient: Sendable {
    let server: MailServer
    private let tls: NIOSSLContext
    private let timeout: Duration
    private let limit: Duration

    /// Throws when the file of the certificate cannot be read.
    ///
    /// - Parameters:
    ///   - caFile: A certificate that is trusted beside those of the system (PEM).
    ///   - timeout: For the connection, and for each answer.
    ///   - limit: For the whole errand.
    package init(_ server: MailServer, caFile: String? = nil, timeout: Duration, limit: Duration) throws {
        self.server = server
        self.timeout = timeout
        self.limit = limit
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let caFile { configuration.additionalTrustRoots = [.file(caFile)] }
        tls = try NIOSSLContext(configuration: configuration)
    }

    func run(_ errand: SMTPErrand) async -> SMTPOutcome {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let outcome = loop.makePromise(of: SMTPOutcome.self)
        let settings = SMTPHandler.Settings(
            errand: errand,
            security: server.security,
            tls: { [tls, server] in
                let isName = (try? SocketAddress(ipAddress: server.host, port: 0)) == nil
                return try NIOSSLClientHandler(context: tls, serverHostname: isName ? server.host : nil)
            },
            timeout: .milliseconds(timeout.milliseconds),
            limit: .milliseconds(limit.milliseconds)
        )
        do {
            _ = try await ClientBootstrap(group: loop)
                .connectTimeout(.milliseconds(timeout.milliseconds))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        if settings.security == .fromTheStart { try pipeline.addHandler(settings.tls()) }
                        try pipeline.addHandler(SMTPHandler(settings, outcome))
                    }
                }
                .connect(host: server.host, port: server.port).get()
        } catch {
            // It is told once: by the handler as soon as there is a connection, by this without one.
            outcome.succeed(.lost)
        }
        // Nobody fails it.
        return (try? await outcome.futureResult.get()) ?? .lost
    }
}

/// Lets a conversation take place on a connection.
private final class SMTPHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    struct Settings: Sendable {
        let errand: SMTPErrand
        let security: MailServer.Security
        let tls: @Sendable () throws -> NIOSSLClientHandler
        let timeout: TimeAmount
        let limit: TimeAmount
    }

    private let settings: Settings
    private let outcome: EventLoopPromise<SMTPOutcome>
    private var conversation: SMTPConversation
    private var isOver = false
    private var deadlines: [Scheduled<Void>] = []

    init(_ settings: Settings, _ outcome: EventLoopPromise<SMTPOutcome>) {
        self.settings = settings
        self.outcome = outcome
        conversation = SMTPConversation(settings.errand, security: settings.security, name: "localhost")
    }

    func channelActive(context: ChannelHandlerContext) {
        conversation = SMTPConversation(
            settings.errand, security: settings.security, name: Self.name(context.localAddress))
        let whole = context.eventLoop.assumeIsolated().scheduleTask(in: settings.limit) { self.giveUp(context) }
        deadlines = [whole]
        listen(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        take(conversation.receive(unwrapInboundIn(data).readableBytesView), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !isOver { finish(conversation.lost()) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if !isOver { finish(conversation.lost(byTLS: Self.isOfTLS(error))) }
        context.close(promise: nil)
    }

    private func take(_ steps: [SMTPConversation.Step], _ context: ChannelHandlerContext) {
        for step in steps {
            switch step {
            case .send(let bytes):
                let sent = context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)))
                sent.assumeIsolated().whenSuccess { self.conversation.flushed() }
                listen(context)
            case .secure:
                do {
                    try context.pipeline.syncOperations.addHandler(settings.tls(), position: .first)
                    take(conversation.secured(), context)
                } catch {
                    finish(.untrusted)
                    context.close(promise: nil)
                }
            case .end(let outcome):
                finish(outcome)
                context.close(promise: nil)
            }
        }
    }

    /// The next answer has to come in time.
    private func listen(_ context: ChannelHandlerContext) {
        if deadlines.count > 1 { deadlines.removeLast().cancel() }
        deadlines.append(
            context.eventLoop.assumeIsolated().scheduleTask(in: settings.timeout) { self.giveUp(context) })
    }

    private func giveUp(_ context: ChannelHandlerContext) {
        guard !isOver else { return }
        finish(conversation.lost())
        context.close(promise: nil)
    }

    private func finish(_ outcome: SMTPOutcome) {
        guard !isOver else { return }
        isOver = true
        for deadline in deadlines { deadline.cancel() }
        deadlines = []
        self.outcome.succeed(outcome)
    }

    /// An address in brackets, for who has no name (RFC 5321 section 4.1.3).
    private static func name(_ address: SocketAddress?) -> String {
        guard let text = address?.ipAddress else { return "localhost" }
        return text.contains(":") ? "[IPv6:\(text)]" : "[\(text)]"
    }

    /// Whether TLS itself gave up, and not the connection below it.
    private static func isOfTLS(_ error: any Error) -> Bool {
        if case NIOSSLError.uncleanShutdown = error { return false }
        return error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError
    }
}
