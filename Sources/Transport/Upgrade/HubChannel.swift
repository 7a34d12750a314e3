import Actors
import Domain
package import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOPosix
import Synchronization

/// A connection that begins as HTTP/1.1 and may turn into a socket, so that both live on one port.
package struct HubChannel: HTTPChannelHandler {
    package struct Value: ServerChildChannelValue {
        enum Kind: Sendable {
            case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
            /// Lives on its event loop; no task stays.
            case socket
        }

        package let channel: any Channel
        /// Known once the first bytes are in. A future within the value, because nothing is read from a channel
        /// before its setup is done.
        let kind: EventLoopFuture<Kind>
    }

    package let responder: HTTPChannelHandler.Responder
    private let doors: SocketDoors
    private let lanes: LaneSet
    private let maxHeadBytes: Int
    private let idleTimeout: TimeAmount

    /// - Parameter idleTimeout: How long a kept-alive HTTP connection may be silent.
    package init(
        responder: @escaping HTTPChannelHandler.Responder,
        doors: SocketDoors,
        lanes: LaneSet,
        idleTimeout: TimeAmount = .seconds(75)
    ) {
        self.responder = responder
        self.doors = doors
        self.lanes = lanes
        self.idleTimeout = idleTimeout
        maxHeadBytes = doors.limits.maxHeadBytes
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let promise = channel.eventLoop.makePromise(of: Value.Kind.self)
            let handler = FirstBytesHandler(doors: doors, lanes: lanes) { context, outcome in
                do {
                    let kind: Value.Kind =
                        switch outcome {
                        case .http: .http(try addHTTP(to: context.channel, logger: logger))
                        case .socket(let acceptance, let entrance, let address, let rest):
                            try addSocket(to: context, acceptance, entrance, address, rest: rest)
                        }
                    promise.succeed(kind)
                } catch {
                    promise.fail(error)
                    context.close(promise: nil)
                }
            }
            try channel.pipeline.syncOperations.addHandler(handler)
            // A connection may go away before it said what it wants.
            channel.closeFuture.whenComplete { _ in promise.fail(ChannelError.eof) }
            return Value(channel: channel, kind: promise.futureResult)
        }
    }

    package func handle(value: Value, logger: Logger) async {
        do {
            switch try await value.kind.get() {
            case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
            case .socket: break
            }
        } catch {
            logger.trace("a connection ended before its first request", metadata: ["error": "\(error)"])
        }
    }

    private func addHTTP(
        to channel: any Channel,
        logger: Logger
    ) throws -> NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart> {
        let operations = channel.pipeline.syncOperations
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderListSize = maxHeadBytes
        limits.maxHeaderFieldSize = maxHeadBytes
        try operations.configureHTTPServerPipeline(
            withPipeliningAssistance: false,
            withErrorHandling: false,
            withOutboundHeaderValidation: false,
            withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: limits
        )
        try operations.addHandler(UpgradeOfferHandler(socketPaths: doors.paths))
        try operations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try operations.addHandler(HTTPConnectionStateHandler(idleTimeout: .init(idleTimeout), logger: logger))
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel,
            configuration: .init(isOutboundHalfClosureEnabled: true)
        )
    }

    private func addSocket(
        to context: ChannelHandlerContext,
        _ acceptance: Handshake.Acceptance,
        _ entrance: Entrance,
        _ address: NetworkAddress?,
        rest: ByteBuffer
    ) throws -> Value.Kind {
        let channel = context.channel
        // A client that closed its side cannot be answered: for sockets that is the end.
        try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
        try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
        try channel.syncOptions?.setOption(
            .socketOption(.so_sndbuf), value: SocketOptionValue(doors.limits.sendBufferBytes))
        try channel.syncOptions?.setOption(
            .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 512, maximum: 64 * 1024))
        let connection = SocketConnection(
            id: lanes.nextConnectionID(),
            lane: lanes.lane(of: context.eventLoop),
            entrance: entrance,
            address: address,
            deflate: acceptance.deflate,
            opening: acceptance.response,
            lateBytes: rest.readableBytes > 0 ? rest : nil
        )
        try channel.pipeline.syncOperations.addHandler(connection)
        return .socket
    }
}
