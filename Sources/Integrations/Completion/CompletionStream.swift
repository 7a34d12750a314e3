import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1
import Synchronization

/// Reads a streamed answer on the event loop of its connection, so that no task wakes for each piece of it.
final class CompletionStream: HTTPClientResponseDelegate {
    /// For the server to end a stream that said it is done; its connection serves the next request then.
    private static let grace = TimeAmount.seconds(1)
    private static let maxErrorBytes = 64 * 1024

    private struct State {
        var listener: CheckedContinuation<Completion, any Error>?
        var request: HTTPClient.Task<Void>?
        var isCancelled = false
        var head: HTTPResponseHead?
        var reader: CompletionReader
        var refusal = ByteBuffer()
        var ending: Scheduled<Void>?
    }

    private let state: Mutex<State>
    private let now: @Sendable () -> Timestamp
    private let progressed: @Sendable () -> Void
    private let show: @Sendable (String) -> Void

    /// - Parameters:
    ///   - now: By which a pause that the server asks for is reckoned.
    ///   - progressed: Told of each piece of the answer, also of those that show nothing, on the event loop.
    ///   - show: Gets each piece of the text, on the event loop.
    init(
        maxEventBytes: Int,
        now: @escaping @Sendable () -> Timestamp,
        progressed: @escaping @Sendable () -> Void,
        show: @escaping @Sendable (String) -> Void
    ) {
        state = Mutex(State(reader: CompletionReader(maxEventBytes: maxEventBytes)))
        self.now = now
        self.progressed = progressed
        self.show = show
    }

    /// The whole answer to the request that `begin` sends, once.
    ///
    /// Throws `CompletionFailure`, and cancellation, which ends the request.
    func answer(to begin: (CompletionStream) -> HTTPClient.Task<Void>) async throws -> Completion {
        try await withTaskCancellationHandler {
            do {
                return try await withCheckedThrowingContinuation { listener in
                    state.withLock { $0.listener = listener }
                    keep(begin(self))
                }
            } catch {
                try Task.checkCancellation()
                throw error
            }
        } onCancel: {
            let request = state.withLock { state in
                state.isCancelled = true
                return state.request
            }
            request?.cancel()
        }
    }

    private func keep(_ request: HTTPClient.Task<Void>) {
        let isCancelled = state.withLock { state in
            // It may be over by now.
            if state.listener != nil { state.request = request }
            return state.isCancelled
        }
        if isCancelled { request.cancel() }
        // A request that could not begin tells its delegate nothing.
        request.futureResult.whenFailure { [self] _ in broke() }
    }

    // MARK: What comes

    func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        state.withLock { $0.head = head }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        do {
            let (added, hasGrown, isDone) = try state.withLock { state throws(CompletionFailure) in
                guard state.head?.status == .ok else {
                    var room = buffer
                    let taken = min(buffer.readableBytes, Self.maxErrorBytes - state.refusal.readableBytes)
                    if var piece = room.readSlice(length: taken) { state.refusal.writeBuffer(&piece) }
                    return ("", false, false)
                }
                let before = state.reader.pieces
                let added = try state.reader.feed(buffer.readableBytesUInt8Span)
                return (added, state.reader.pieces > before, state.reader.isDone)
            }
            if hasGrown { progressed() }
            if !added.isEmpty { show(added) }
            if isDone { finish(task) }
        } catch {
            settle(.failure(error))
            task.cancel()
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    /// Nothing more is expected, though the server may not have ended the stream yet.
    private func finish(_ task: HTTPClient.Task<Void>) {
        end()
        let ending = task.eventLoop.scheduleTask(in: Self.grace) { task.cancel() }
        state.withLock { $0.ending = ending }
    }

    func didFinishRequest(task: HTTPClient.Task<Void>) {
        state.withLock { $0.ending.take() }?.cancel()
        if !refuse() { end() }
    }

    func didReceiveError(task: HTTPClient.Task<Void>, _ error: any Error) {
        broke()
    }

    /// What broke it is not told: it may hold the address with what the operator wrote into it.
    private func broke() {
        state.withLock { $0.ending.take() }?.cancel()
        guard !refuse() else { return }
        let hasBegun = state.withLock { $0.head != nil }
        settle(
            .failure(
                hasBegun
                    ? CompletionFailure(.truncated, "the connection broke in the middle of the answer")
                    : CompletionFailure(.unreachable, "the server cannot be reached")))
    }

    // MARK: How it ends

    /// Returns whether the server's answer was no success.
    private func refuse() -> Bool {
        let (head, refusal) = state.withLock { ($0.head, $0.refusal) }
        guard let head, head.status != .ok else { return false }
        let pause = RetryAfter.pause(
            milliseconds: head.headers.first(name: "retry-after-ms"), head.headers.first(name: "retry-after"),
            at: now())
        settle(
            .failure(
                CompletionFailure(status: Int(head.status.code), body: String(buffer: refusal), retryAfter: pause)))
        return true
    }

    private func end() {
        let isOpen = state.withLock { $0.listener != nil }
        guard isOpen else { return }
        do {
            let (last, whole) = try state.withLock { state throws(CompletionFailure) in try state.reader.finish() }
            if !last.isEmpty { show(last) }
            settle(.success(whole))
        } catch {
            settle(.failure(error))
        }
    }

    /// Only the first end counts.
    private func settle(_ result: Result<Completion, CompletionFailure>) {
        let (listener, head) = state.withLock { state in
            state.request = nil
            return (state.listener.take(), state.head)
        }
        listener?.resume(
            with: result.mapError { failure in
                var failure = failure
                failure.requestID = head?.headers.first(name: "x-request-id").map { String($0.prefix(100)) }
                return failure
            })
    }
}
