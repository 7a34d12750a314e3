import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Looks whether a port can be listened on, and if not, whether a hub is why.
struct PortProbe {
    enum Answer: Equatable {
        case free
        /// `GET /health` answers there as a hub does.
        case hub
        case taken
        case refused(String)
    }

    let host: String
    let port: Int
    var speaksTLS = false
    /// How long whoever listens there may be silent.
    var patience = TimeAmount.seconds(3)

    func look() async -> Answer {
        do {
            let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: host, port: port)
                .get()
            try await listener.close()
            return .free
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            return await isHub() ? .hub : .taken
        } catch {
            return .refused(error is IOError ? "\(error)" : "the name has no address")
        }
    }

    private func isHub() async -> Bool {
        let host = ["0.0.0.0": "127.0.0.1", "::": "::1"][host] ?? host
        do {
            let tls = speaksTLS ? try Self.trustingTLS() : nil
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connectTimeout(patience)
                .connect(host: host, port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let tls {
                            let handler = try NIOSSLClientHandler(context: tls, serverHostname: nil)
                            try channel.pipeline.syncOperations.addHandler(handler)
                        }
                        try channel.pipeline.syncOperations.addHandler(IdleStateHandler(readTimeout: patience))
                        try channel.pipeline.syncOperations.addHandler(GivingUp())
                        return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            return try await channel.executeThenClose { inbound, outbound in
                let request = "GET /health HTTP/1.1\r\nHost: \(host):\(port)\r\nConnection: close\r\n\r\n"
                try await outbound.write(ByteBuffer(string: request))
                var answer = ""
                for try await bytes in inbound {
                    answer += String(buffer: bytes)
                    if answer.hasPrefix("HTTP/1.1 200"), answer.contains(#""status":"ok""#) { return true }
                    if answer.utf8.count > 4096 { break }
                }
                return false
            }
        } catch {
            return false
        }
    }
}

extension PortProbe {
    /// For asking who is there, no matter by which name: nothing secret is sent.
    private static func trustingTLS() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        return try NIOSSLContext(configuration: configuration)
    }
}

/// Ends a connection on which nothing comes.
private final class GivingUp: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }
}
