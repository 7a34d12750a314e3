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
    private let gate: ConnectionGate
    private let tls: TLSDoor?
    private let idleTimeout: TimeAmount
    private let bodyTimeout: TimeAmount

    /// - Parameters:
    ///   - tls: Nil to speak in the clear.
    ///   - idleTimeout: How long a kept-alive HTTP connection may be silent.
    ///   - bodyTimeout: How long the body of a request may take to arrive.
    package init(
        responder: @escaping HTTPChannelHandler.Responder,
        doors: SocketDoors,
        lanes: LaneSet,
        gate: ConnectionGate,
        tls: TLSDoor? = nil,
        idleTimeout: TimeAmount = .seconds(75),
        bodyTimeout: TimeAmount = .seconds(300)
    ) {
        self.responder = responder
        self.doors = doors
        self.lanes = lanes
        self.gate = gate
        self.tls = tls
        self.idleTimeout = idleTimeout
        self.bodyTimeout = bodyTimeout
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let promise = channel.eventLoop.makePromise(of: Value.Kind.self)
            let peer = channel.remoteAddress?.ipAddress.flatMap(NetworkAddress.init)
            let counted = gate.counted(peer)
            let admission = gate.enter(counted)
            switch admission {
            case .dropped:
                promise.fail(ChannelError.eof)
                channel.close(promise: nil)
            case .welcome, .httpOnly, .tooMany:
                channel.closeFuture.whenComplete { _ in
                    gate.leave(counted)
                    // A connection may go away before it said what it wants.
                    promise.fail(ChannelError.eof)
                }
                let arrival = FirstBytesHandler.Arrival(
                    peer: peer, counted: counted, admission: admission, isSecure: tls != nil)
                try listen(on: channel, arrival, promise, logger: logger)
            }
            return Value(channel: channel, kind: promise.futureResult)
        }
    }

    private func listen(
        on channel: any Channel,
        _ arrival: FirstBytesHandler.Arrival,
        _ promise: EventLoopPromise<Value.Kind>,
        logger: Logger
    ) throws {
        try channel.syncOptions?.setOption(.recvAllocator, value: BriefReceiveBuffers())
        try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
        try tls?.secure(channel)
        let handler = FirstBytesHandler(doors: doors, gate: gate, arrival: arrival) { context, outcome in
            do {
                let kind: Value.Kind =
                    switch outcome {
                    case .http(let headUntil):
                        .http(try addHTTP(to: context.channel, headUntil: headUntil, logger: logger))
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
        headUntil: NIODeadline,
        logger: Logger
    ) throws -> NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart> {
        // The bodies of uploads come in fewer and larger reads.
        try channel.syncOptions?.setOption(.recvAllocator, value: AdaptiveRecvByteBufferAllocator())
        try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 4)
        let operations = channel.pipeline.syncOperations
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderListSize = doors.limits.maxHeadBytes
        limits.maxHeaderFieldSize = doors.limits.maxHeadBytes
        try operations.configureHTTPServerPipeline(
            withPipeliningAssistance: false,
            withErrorHandling: false,
            withOutboundHeaderValidation: false,
            withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: limits
        )
        try operations.addHandler(UpgradeOfferHandler(socketPaths: doors.paths))
        try operations.addHandler(HTTP1ToHTTPServerCodec(secure: tls != nil))
        let clock = RequestClock(
            firstHeadUntil: headUntil, headTimeout: doors.limits.handshakeTimeout, bodyTimeout: bodyTimeout)
        try operations.addHandler(RequestDeadlineHandler(clock: clock))
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
        if acceptance.deflate?.takesContextOver == true { doors.countOwnStream(until: channel.closeFuture) }
        // A client that closed its side cannot be answered: for sockets that is the end.
        try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
        try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
        try channel.syncOptions?.setOption(
            .socketOption(.so_sndbuf), value: SocketOptionValue(doors.limits.sendBufferBytes))
        let connection = SocketConnection(
            id: lanes.nextConnectionID(),
            lane: lanes.lane(of: context.eventLoop),
            entrance: entrance,
            address: address,
            deflate: acceptance.deflate,
            descriptor: tls == nil ? SocketDescriptor(of: channel) : .closed,
            opening: acceptance.response,
            lateBytes: rest.readableBytes > 0 ? rest : nil
        )
        try channel.pipeline.syncOperations.addHandler(connection)
        return .socket
    }
}
