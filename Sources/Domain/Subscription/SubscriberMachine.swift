/// Decides what one connection gets of one room, so that it sees no gap and nothing twice.
///
/// A trivial value: fan-out keeps one per member in a contiguous array.
package struct SubscriberMachine: Sendable, Equatable {
    package enum Action: Sendable, Equatable {
        /// Hand the events over, without the first `dropping` of them.
        case deliver(dropping: Int)
        case ignore
        /// Something is missing: tell the client to join again, push nothing more.
        case fallBehind
    }

    /// The last number handed over; negative once the connection fell behind. Becomes live again by a new join only.
    private var last: Int64

    private static let behind: Int64 = -1

    /// A join reply went out that ends at `last`.
    package init(joinedUpTo last: SequenceNumber) {
        self.last = last.value
    }

    package var isLive: Bool { last != Self.behind }

    /// Events reached this connection's loop: `count` in a row, which begin at `first`.
    package mutating func published(_ first: SequenceNumber, count: Int = 1) -> Action {
        let end = first.value + Int64(count) - 1
        guard isLive, end > last else { return .ignore }
        guard first.value <= last + 1 else { return overflowed() }
        defer { last = end }
        return .deliver(dropping: Int(last + 1 - first.value))
    }

    /// The connection cannot take what it is owed.
    package mutating func overflowed() -> Action {
        guard isLive else { return .ignore }
        last = Self.behind
        return .fallBehind
    }
}
