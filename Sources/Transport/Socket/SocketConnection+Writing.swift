import Domain
import NIOCore
import Wire

/// The way out: straight to the descriptor while that takes everything, else through the channel.
///
/// What a full socket did not take is written by the channel piece by piece. Until all of it is gone, everything else
/// waits in the queue, where it can be replaced or given up; a channel without a descriptor of ours (TLS) is written
/// to while it is writable.
extension SocketConnection {
    /// One piece of what a full socket did not take: its leaving is a sign of life.
    private static let pieceBytes = 16 * 1024

    // MARK: What is owed

    func sendControl(_ text: ByteBuffer) {
        guard closing.isOpen else { return }
        owe()
        outbox.queue.appendControl(.text(SharedFrame(text: text)))
    }

    func sendPing() {
        guard closing.isOpen else { return }
        var bytes = ByteBuffer()
        FrameEncoder.append(to: &bytes)
        owe()
        outbox.queue.appendControl(.raw(bytes))
    }

    /// Of pongs that wait only the newest is sent (RFC 6455 section 5.5.3): pings cost a client nothing.
    func sendPong(_ payload: ByteBuffer) {
        guard closing.isOpen else { return }
        var bytes = ByteBuffer()
        FrameEncoder.append(pong: payload, to: &bytes)
        owe()
        outbox.queue.appendLatest(.raw(bytes), key: "pong")
    }

    /// Returns false when the log's events for this socket have outgrown their bound.
    func sendEvent(_ frame: SharedFrame, of lag: OutboundQueue.Lag, at seq: SequenceNumber) -> Bool {
        guard closing.isOpen else { return true }
        owe()
        if outbox.queue.appendDurable(frame, of: lag, at: seq) { return true }
        // Much in one turn does not make a socket slow: it may take what is there at once.
        sendQueued()
        _ = state.hold(reference)
        return outbox.queue.appendDurable(frame, of: lag, at: seq)
    }

    func sendLatest(_ frame: SharedFrame, key: String) {
        guard closing.isOpen else { return }
        owe()
        outbox.queue.appendLatest(.text(frame), key: key)
    }

    func sendDroppable(_ frame: SharedFrame) {
        guard closing.isOpen, !outbox.isCorked, outbox.blockedSince == nil else { return }
        owe()
        outbox.queue.appendControl(.text(frame))
    }

    func giveUpEvents() -> [OutboundQueue.Lag: SequenceNumber] {
        outbox.queue.giveUpEvents()
    }

    /// Lets go what waited for the reply of an `auth`, behind that reply.
    func uncork(behind reply: ByteBuffer?) {
        owe()
        if let reply { outbox.queue.prependControl(.text(SharedFrame(text: reply))) }
        outbox.isCorked = false
    }

    /// Something is about to be queued: fan-out goes through the queue from here to the end of the turn.
    private func owe() {
        guard !outbox.isDirty else { return }
        outbox.isDirty = true
        if let bytes = state.hold(reference) { outbox.queue.appendControl(.raw(bytes)) }
        state.markDirty(self)
    }

    // MARK: Writing

    /// The end of a turn: everything owed leaves in one go.
    func flush() {
        outbox.isDirty = false
        sendQueued()
    }

    /// The channel of a socket without a descriptor takes bytes again.
    func writable() {
        guard outbox.descriptor == .closed else { return }
        outbox.blockedSince = nil
        sendQueued()
    }

    /// The socket took only the first `taken` of what fan-out had for it.
    func fellShort(_ bytes: ByteBuffer, taken: Int) {
        _ = state.hold(reference)
        // What is left will go as well, or the connection with it.
        state.traffic.bytesOut += UInt64(bytes.readableBytes)
        var bytes = bytes
        bytes.moveReaderIndex(forwardBy: taken)
        outbox.rest = bytes
        writeRest()
    }

    /// A write failed: there is nobody to say good-bye to.
    func broke() {
        context?.close(promise: nil)
    }

    private func sendQueued() {
        guard let context, closing.isOpen, !outbox.isCorked, outbox.blockedSince == nil else { return }
        guard outbox.descriptor != .closed else {
            sendThroughChannel(context)
            return
        }
        if !outbox.queue.isEmpty {
            var bytes = state.borrowScratch()
            for frame in outbox.queue.takeAll() { bytes.writeImmutableBuffer(framed(frame)) }
            switch outbox.descriptor.offer(bytes) {
            case .taken(bytes.readableBytes):
                state.traffic.bytesOut += UInt64(bytes.readableBytes)
                state.giveBackScratch(bytes)
            case .taken(let count): return fellShort(bytes, taken: count)
            case .broken: return broke()
            }
        }
        state.open(reference, outbox.descriptor)
    }

    private func sendThroughChannel(_ context: ChannelHandlerContext) {
        guard !outbox.queue.isEmpty else { return }
        guard context.channel.isWritable else {
            outbox.blockedSince = .now()
            return
        }
        for frame in outbox.queue.takeAll() {
            let bytes = framed(frame)
            state.traffic.bytesOut += UInt64(bytes.readableBytes)
            context.write(wrapOutboundOut(bytes), promise: nil)
        }
        context.flush()
        if !context.channel.isWritable { outbox.blockedSince = .now() }
    }

    /// Has the channel write the next piece of what the socket did not take.
    private func writeRest() {
        guard let context, let piece = outbox.rest.readSlice(length: min(outbox.rest.readableBytes, Self.pieceBytes))
        else { return }
        outbox.blockedSince = .now()
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        written.futureResult.whenSuccess { bound.value.wroteRest() }
        context.writeAndFlush(wrapOutboundOut(piece), promise: written)
    }

    private func wroteRest() {
        guard outbox.rest.readableBytes == 0 else {
            writeRest()
            return
        }
        outbox.rest = ByteBuffer()
        outbox.blockedSince = nil
        sendQueued()
        state.flushDirty()
    }

    /// Sends what is queued and a close frame, past writability: it is the last thing.
    func sendLast(_ frame: CloseFrame, then mode: CloseMode?) {
        guard let context else { return }
        if let bytes = state.hold(reference) { outbox.queue.appendControl(.raw(bytes)) }
        context.write(wrapOutboundOut(outbox.rest), promise: nil)
        outbox.rest = ByteBuffer()
        outbox.isCorked = false
        for frame in outbox.queue.takeAll() { context.write(wrapOutboundOut(framed(frame)), promise: nil) }
        var bytes = ByteBuffer()
        FrameEncoder.append(close: frame, to: &bytes)
        guard let mode else {
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
            return
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(bytes), promise: written)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in bound.value.close(mode: mode, promise: nil) }
    }

    // MARK: Framing

    private func framed(_ frame: OutboundQueue.Frame) -> ByteBuffer {
        switch frame {
        case .text(let shared): framed(shared)
        case .raw(let bytes): bytes
        }
    }

    private func framed(_ frame: SharedFrame) -> ByteBuffer {
        if let bytes = frame.bytes(for: compression) { return bytes }
        guard case .own(let settings) = compression else { return frame.plain }
        if outbox.ownDeflater == nil { outbox.ownDeflater = try? Deflater(settings) }
        guard outbox.ownDeflater != nil else { return frame.plain }
        var bytes = ByteBuffer()
        FrameEncoder.append(frame.text, compressedBy: &outbox.ownDeflater!, to: &bytes)
        return bytes
    }
}
