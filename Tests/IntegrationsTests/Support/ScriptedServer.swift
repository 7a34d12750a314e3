import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A local HTTP/1.1 server, with TLS or without, that answers as a test says, byte by byte, and keeps what it was asked.
final class ScriptedServer: Sendable {
    enum Act: Sendable {
        /// Answers with these bytes.
        case answer(String)
        /// Answers with these one after the other, with a pause before each.
        case answerSlowly([String], pause: Duration)
        /// Says nothing, for as long as the client waits.
        case silence
        /// Closes the connection once it has the request.
        case hangUp
        /// Answers with the first half of an answer and closes.
        case breakOff(String)
    }

    private let channel: any Channel
    private let script: Script

    var port: Int { channel.localAddress?.port ?? 0 }
    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [String] { script.requests.withLock { $0 } }

    /// How many were made.
    var connections: Int { script.connections.withLock { $0 } }

    /// - Parameter acts: One for each request; the last one is repeated.
    init(_ acts: [Act], tls: NIOSSLContext? = nil) async throws {
        let script = Script(acts)
        self.script = script
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(RequestHandler(script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    static func with<Value>(
        _ acts: Act...,
        tls: NIOSSLContext? = nil,
        body: (ScriptedServer) async throws -> Value
    ) async throws -> Value {
        let server = try await ScriptedServer(acts, tls: tls)
        let result: Result<Value, any Error>
        do { result = .success(try await body(server)) } catch { result = .failure(error) }
        try await server.close()
        return try result.get()
    }

    func close() async throws { try await channel.close() }

    static func json(_ status: Int, _ body: String, headers: [String] = []) -> Act {
        let lines = ["HTTP/1.1 \(status) X", "Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
        return .answer((lines + headers).joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
}

private final class Script: Sendable {
    let requests = Mutex<[String]>([])
    let connections = Mutex(0)
    private let acts: Mutex<[ScriptedServer.Act]>

    init(_ acts: [ScriptedServer.Act]) { self.acts = Mutex(acts) }

    func next(_ request: String) -> ScriptedServer.Act {
        requests.withLock { $0.append(request) }
        return acts.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .hangUp }
    }
}

extension Collection where Element == ScriptedServer.Act {
    /// How long a client is to wait for each answer: briefly only where none comes.
    var patience: Duration {
        contains { if case .silence = $0 { true } else { false } } ? .seconds(2) : .seconds(20)
    }
}

/// Gathers a request with `Content-Length` and does what the script says.
private final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let script: Script
    private var bytes: [UInt8] = []

    init(_ script: Script) { self.script = script }

    func handlerAdded(context: ChannelHandlerContext) {
        script.connections.withLock { $0 += 1 }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += unwrapInboundIn(data).readableBytesView
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return }
        let head = text[..<end.lowerBound].lowercased()
        let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) }
        guard text[end.upperBound...].utf8.count >= length ?? 0 else { return }
        bytes = []
        switch script.next(text) {
        case .answer(let answer):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        case .answerSlowly(let parts, let pause):
            let context = NIOLoopBound(context, eventLoop: context.eventLoop)
            for (index, part) in parts.enumerated() {
                context.value.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(pause * (index + 1))) {
                    context.value.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: part)), promise: nil)
                }
            }
        case .breakOff(let part):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: part)), promise: nil)
            context.close(promise: nil)
        case .hangUp: context.close(promise: nil)
        case .silence: break
        }
    }
}

extension String {
    fileprivate func range(of part: String) -> (lowerBound: Index, upperBound: Index)? {
        guard let range = ranges(of: part).first else { return nil }
        return (range.lowerBound, range.upperBound)
    }
}
