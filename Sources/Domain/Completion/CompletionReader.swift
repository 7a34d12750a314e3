/// Reads a streamed answer from its bytes, wherever they are cut.
package struct CompletionReader: Sendable {
    private var events: EventStreamParser
    private var assembly = CompletionAssembly()

    package init(maxEventBytes: Int = 1 << 20) {
        events = EventStreamParser(maxEventBytes: maxEventBytes)
    }

    /// Whether nothing more is expected.
    package var isDone: Bool { assembly.isDone }

    /// What there is of the text so far.
    package var text: String { assembly.text }

    /// How many events brought something of the answer; comments and empty events bring nothing.
    package var pieces: Int { assembly.pieces }

    /// Returns the text that these bytes add. Throws `malformed` for an event without an end.
    package mutating func feed(_ bytes: Span<UInt8>) throws(CompletionFailure) -> String {
        let found: [String]
        do {
            found = try events.feed(bytes)
        } catch {
            throw CompletionFailure(.malformed, "an event of more than \(error.maxBytes) bytes")
        }
        return found.reduce(into: "") { $0 += assembly.feed($1) }
    }

    /// The bytes have ended. Returns the text that the last event adds, with the whole answer.
    ///
    /// Throws what `CompletionAssembly.finish` throws.
    package mutating func finish() throws(CompletionFailure) -> (String, Completion) {
        let last = events.finish().map { assembly.feed($0) } ?? ""
        return (last, try assembly.finish())
    }
}
