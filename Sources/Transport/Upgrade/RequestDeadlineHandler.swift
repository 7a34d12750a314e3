import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends an HTTP connection whose client sends a request too slowly: 408 for a head, nothing for a body.
final class RequestDeadlineHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var clock: RequestClock
    private var alarm: (task: Scheduled<Void>, at: NIODeadline)?
    private var isOver = false

    init(clock: RequestClock) {
        self.clock = clock
    }

    func handlerAdded(context: ChannelHandlerContext) {
        setAlarm(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.task.cancel()
        alarm = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        switch unwrapInboundIn(data) {
        case .head: clock.readHead(at: .now())
        case .body: break
        case .end: clock.readEnd()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        clock.readBytes(at: .now())
        setAlarm(context)
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isOver else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        if case .end = unwrapOutboundIn(data) { clock.answered() }
        context.write(data, promise: promise)
    }

    /// One alarm, which looks again when it goes off: nothing is scheduled for each request.
    private func setAlarm(_ context: ChannelHandlerContext) {
        guard let deadline = clock.deadline else { return }
        if let alarm {
            guard deadline < alarm.at else { return }
            alarm.task.cancel()
        }
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        let task = context.eventLoop.scheduleTask(deadline: deadline) {
            let (handler, context) = bound.value
            handler.alarm = nil
            handler.look(context)
        }
        alarm = (task, deadline)
    }

    private func look(_ context: ChannelHandlerContext) {
        guard let deadline = clock.deadline, deadline <= .now() else {
            setAlarm(context)
            return
        }
        isOver = true
        switch clock.state {
        case .head: refuse(context)
        case .body, .between, .answering: context.close(promise: nil)
        }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        let refusal = UpgradeRefusal.headTimeout
        let body = ByteBuffer(string: refusal.problem)
        let head = HTTPResponse(
            status: .requestTimeout,
            headerFields: [
                .contentType: "application/problem+json", .contentLength: "\(body.readableBytes)",
                .connection: "close", .cacheControl: "no-store",
            ])
        let written = context.eventLoop.makePromise(of: Void.self)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        context.endAfterLastAnswer(written: written.futureResult)
    }
}

@available(*, unavailable)
extension RequestDeadlineHandler: Sendable {}
