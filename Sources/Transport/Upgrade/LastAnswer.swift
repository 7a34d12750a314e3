import NIOCore

extension ChannelHandlerContext {
    /// How long the other end has to take its last answer.
    private static let linger = TimeAmount.seconds(1)

    /// Ends a connection whose last answer has been handed to the channel.
    ///
    /// The output ends first: closing at once with unread input would reset the answer away. Whether the other end
    /// takes the answer or not, the connection is gone after a moment.
    func endAfterLastAnswer(written: EventLoopFuture<Void>) {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        written.whenComplete { _ in bound.value.close(mode: .output, promise: nil) }
        eventLoop.scheduleTask(in: Self.linger) { bound.value.channel.close(promise: nil) }
    }
}
