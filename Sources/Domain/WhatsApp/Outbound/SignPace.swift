/// Decides which signs of staff reach customers, so that they never take the place of messages.
///
/// Source: WhatsApp Business Platform, "Typing indicators": one lives for 25 seconds, and marks as read.
package struct SignPace: Sendable {
    package enum Sign: Sendable, Equatable {
        case read(upTo: SequenceNumber)
        case typing
    }

    private struct Shown {
        var readUpTo = SequenceNumber.zero
        var typedAt: Timestamp?
    }

    /// Shortly before the last sign ends.
    package static let typingInterval: Duration = .seconds(20)

    private var shown: [RoomID: Shown] = [:]
    private var bucket: TokenBucket
    private let maxRooms: Int
    private var restsUntil: Timestamp?

    /// How long none is shown when one was refused, or got no answer: messages have the way to themselves.
    package static let rest: Duration = .seconds(60)

    /// - Parameters:
    ///   - perSecond: Signs of all rooms together; more are left out.
    ///   - maxRooms: Rooms that are remembered; beyond them all are forgotten, and a sign may be shown twice.
    package init(perSecond: Double, maxRooms: Int = 10_000, at moment: Timestamp) {
        bucket = TokenBucket(capacity: max(1, perSecond), refillPerSecond: perSecond, at: moment)
        self.maxRooms = maxRooms
    }

    /// Whether a sign is shown now; then it counts as shown.
    package mutating func admits(_ sign: Sign, in room: RoomID, at moment: Timestamp) -> Bool {
        if let restsUntil, moment < restsUntil { return false }
        var known = shown[room] ?? Shown()
        switch sign {
        case .read(let seq):
            guard seq > known.readUpTo else { return false }
            known.readUpTo = seq
        case .typing:
            if let last = known.typedAt, moment < last + Self.typingInterval { return false }
            known.typedAt = moment
        }
        guard bucket.take(1, at: moment) == nil else { return false }
        if shown[room] == nil, shown.count >= maxRooms { shown = [:] }
        shown[room] = known
        return true
    }

    /// The provider did not take one.
    package mutating func failed(at moment: Timestamp) { restsUntil = moment + Self.rest }
}
