package import Logging
package import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keeps a listening channel going when the process or the system is out of descriptors or memory.
///
/// NIO does not close the channel for that, but leaves it registered for reading: with clients in the backlog the
/// event loop would spin on `accept` until a descriptor gets free. Here accepting pauses and is tried again.
package final class AcceptGuard: ChannelInboundHandler {
    package typealias InboundIn = any Channel

    private static let pause = TimeAmount.milliseconds(100)

    private let logger: Logger
    private var throttle = LogThrottle()
    private var resumption: Scheduled<Void>?

    init(logger: Logger) {
        self.logger = logger
    }

    /// Guards a channel that listens already.
    package static func install(on listener: any Channel, logger: Logger) -> EventLoopFuture<Void> {
        listener.eventLoop.submit {
            // First, so that no other handler takes the error for the end.
            try listener.pipeline.syncOperations.addHandler(AcceptGuard(logger: logger), position: .first)
        }
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, Self.isShortage(error.errnoCode) else {
            context.fireErrorCaught(error)
            return
        }
        if let count = throttle.happened(at: .now()) {
            logger.error(
                "no connection can be accepted; it is tried again",
                metadata: ["error": "\(Self.name(error.errnoCode))", "error.count": "\(count)"])
        }
        pauseAccepting(context)
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        resumption?.cancel()
        resumption = nil
    }

    package func channelInactive(context: ChannelHandlerContext) {
        resumption?.cancel()
        resumption = nil
        context.fireChannelInactive()
    }

    private func pauseAccepting(_ context: ChannelHandlerContext) {
        guard resumption == nil else { return }
        // Holding back `read` would not do: the channel has one outstanding that it never used up.
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        resumption = context.eventLoop.scheduleTask(in: Self.pause) {
            let (handler, context) = bound.value
            handler.resumption = nil
            try? context.channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }

    private static func isShortage(_ code: CInt) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }

    private static func name(_ code: CInt) -> String {
        switch code {
        case EMFILE: "too many open files in this process (EMFILE)"
        case ENFILE: "too many open files in the system (ENFILE)"
        default: "no memory for another connection"
        }
    }
}

@available(*, unavailable)
extension AcceptGuard: Sendable {}
