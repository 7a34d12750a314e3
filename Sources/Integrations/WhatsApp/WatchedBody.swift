import NIOCore
import Synchronization

/// The body of a request, that knows whether any of it was asked for.
///
/// The client asks for it when a connection stands and the head is written. Before that nothing can have been carried
/// out, whatever the error says.
final class WatchedBody: AsyncSequence, Sendable {
    /// In bytes.
    let length: Int64
    private let text: String
    private let begun = Atomic(false)

    init(_ text: String) {
        self.text = text
        length = Int64(text.utf8.count)
    }

    var hasBegun: Bool { begun.load(ordering: .acquiring) }

    func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    struct Iterator: AsyncIteratorProtocol {
        private let body: WatchedBody
        private var isOver = false

        fileprivate init(body: WatchedBody) { self.body = body }

        mutating func next() async throws -> ByteBuffer? {
            guard !isOver else { return nil }
            isOver = true
            body.begun.store(true, ordering: .releasing)
            return ByteBuffer(string: body.text)
        }
    }
}
