import Foundation
import NIOCore
import NIOPosix
import Transport

/// An echo server over the hub's WebSocket layer, for `scripts/conformance` and never for production.
///
/// It binds a free port of 127.0.0.1, prints its address as `ws://127.0.0.1:PORT`, and serves each `EchoPolicy` at a path
/// of its own until it is killed.
@main
enum ConformanceEcho {
    static func main() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
            .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(EchoHandshake())
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        guard let port = server.localAddress?.port else { preconditionFailure("a bound TCP socket has a port") }
        try FileHandle.standardOutput.write(contentsOf: Data("ws://127.0.0.1:\(port)\n".utf8))
        try await server.closeFuture.get()
    }
}
