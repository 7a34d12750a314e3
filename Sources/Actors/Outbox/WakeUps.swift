/// Says that there may be something to do; many calls before a look are one.
package struct WakeUps: Sendable {
    let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    package init() {
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    package func wake() { continuation.yield() }

    func finish() { continuation.finish() }
}
