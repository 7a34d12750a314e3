/// Gathers pieces of an answer, so that a fast model does not make a frame of every token.
package struct DeltaGatherer: Sendable {
    package static let maxPause = Duration.milliseconds(40)
    package static let maxBytes = 256

    private var text = ""
    private var shownAt: ContinuousClock.Instant?

    package init() {}

    /// Takes a piece; returns what is to be shown now, or nil to wait for more.
    package mutating func take(_ piece: String, at now: ContinuousClock.Instant) -> String? {
        text += piece
        let isDue = shownAt.map { now - $0 >= Self.maxPause } ?? true
        return isDue || text.utf8.count >= Self.maxBytes ? flush(at: now) : nil
    }

    /// What waits; nil when nothing does.
    package mutating func flush(at now: ContinuousClock.Instant) -> String? {
        guard !text.isEmpty else { return nil }
        defer { text = "" }
        shownAt = now
        return text
    }

    package mutating func forget() {
        text = ""
    }
}
