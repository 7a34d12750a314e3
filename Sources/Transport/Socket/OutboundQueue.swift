package import Actors
package import Domain
package import NIOCore

/// What one connection is owed while its socket takes no more, by the worth of each frame.
///
/// Replies and control are always kept. Events of the log are kept up to a number of bytes; beyond it all of
/// them are given up, and the rooms concerned are named so that the client can be told to join again. Of
/// signs and summaries the newest per key is kept. What can be lost is not kept at all.
package struct OutboundQueue {
    /// A room whose events were given up.
    package struct Lag: Hashable, Sendable {
        package let topic: TopicKey
        package let room: RoomID
    }

    /// What leaves when the socket takes it; a text is framed only then, as a stream of its own demands.
    package enum Frame: Sendable {
        case text(SharedFrame)
        /// Pings and pongs, framed already.
        case raw(ByteBuffer)
    }

    private enum Entry {
        case control(Frame)
        case durable(SharedFrame, Lag, SequenceNumber)
        case latest(Frame, key: String)
    }

    /// In the order they are to be sent; nil where an entry was replaced or given up.
    private var entries: [Entry?] = []
    private var holes = 0
    private var latestPlaces: [String: Int] = [:]
    private(set) var durableBytes = 0
    private let maxDurableBytes: Int

    /// Fewer holes than these are not worth moving entries for.
    private static let toleratedHoles = 64

    package init(maxDurableBytes: Int) {
        self.maxDurableBytes = maxDurableBytes
    }

    package var isEmpty: Bool { entries.isEmpty }

    /// Places in the list, those of entries that are gone included.
    var places: Int { entries.count }

    package mutating func appendControl(_ frame: Frame) {
        entries.append(.control(frame))
    }

    package mutating func appendLatest(_ frame: Frame, key: String) {
        if let place = latestPlaces[key] { clear(place) }
        closeHoles()
        latestPlaces[key] = entries.count
        entries.append(.latest(frame, key: key))
    }

    private mutating func clear(_ place: Int) {
        entries[place] = nil
        holes += 1
    }

    /// A socket that takes nothing may be owed the newest of something a million times.
    private mutating func closeHoles() {
        guard holes > Self.toleratedHoles, holes * 2 > entries.count else { return }
        entries = entries.filter { $0 != nil }
        holes = 0
        for (place, entry) in entries.enumerated() {
            if case .latest(_, let key)? = entry { latestPlaces[key] = place }
        }
    }

    /// Returns whether it fits; if not, nothing was queued and `giveUpEvents` is due.
    package mutating func appendDurable(_ frame: SharedFrame, of lag: Lag, at seq: SequenceNumber) -> Bool {
        guard durableBytes + frame.textBytes <= maxDurableBytes else { return false }
        durableBytes += frame.textBytes
        entries.append(.durable(frame, lag, seq))
        return true
    }

    /// Forgets the events of the log and names their rooms, each with the highest number that was queued.
    package mutating func giveUpEvents() -> [Lag: SequenceNumber] {
        var lags: [Lag: SequenceNumber] = [:]
        for (place, entry) in entries.enumerated() {
            guard case .durable(_, let lag, let seq) = entry else { continue }
            lags[lag] = seq
            clear(place)
        }
        durableBytes = 0
        return lags
    }

    /// Puts a control frame before everything else.
    package mutating func prependControl(_ frame: Frame) {
        entries.insert(.control(frame), at: 0)
        for key in latestPlaces.keys { latestPlaces[key]? += 1 }
    }

    /// Hands over everything in order and is empty then.
    package mutating func takeAll() -> some Sequence<Frame> {
        defer {
            entries = []
            holes = 0
            latestPlaces = [:]
            durableBytes = 0
        }
        return entries.lazy.compactMap { entry in
            switch entry {
            case .control(let frame), .latest(let frame, _): frame
            case .durable(let frame, _, _): .text(frame)
            case nil: nil
            }
        }
    }
}
