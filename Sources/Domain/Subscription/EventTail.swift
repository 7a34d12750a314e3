/// The newest events of a room in memory, so that a client that was away briefly costs no read of the database.
package struct EventTail: Sendable {
    /// In rising order without gaps, ending at `head`.
    package private(set) var events: [RoomEvent]
    package private(set) var head: SequenceNumber
    /// Events kept; the array grows to twice this before it is cut, so that cutting costs little per event.
    package let capacity: Int

    package init(head: SequenceNumber, events: [RoomEvent], capacity: Int) {
        self.head = head
        self.events = events
        self.capacity = capacity
    }

    /// Takes committed events that follow `head` at once; the caller has filled any gap.
    package mutating func append(_ new: some Sequence<RoomEvent>) {
        for event in new where event.seq == head.next {
            events.append(event)
            head = event.seq
        }
        if events.count > capacity * 2 { events.removeFirst(events.count - capacity) }
    }

    /// Keeps the place and lets the events go.
    package mutating func forget() {
        events = []
    }

    /// Everything after `seq`; nil when the tail does not reach that far back.
    package func events(after seq: SequenceNumber) -> ArraySlice<RoomEvent>? {
        guard seq < head else { return [] }
        guard let first = events.first, first.seq.value <= seq.value + 1 else { return nil }
        return events[(events.startIndex + Int(seq.value + 1 - first.seq.value))...]
    }
}
