import Domain

/// Callers that wait for a room's head to move: long-polls and event streams.
struct HeadWaiters {
    typealias Done = @Sendable (Result<SequenceNumber, HubError>) -> Void

    private var waiters: [UInt64: (beyond: SequenceNumber, done: Done)] = [:]

    var isEmpty: Bool { waiters.isEmpty }

    mutating func add(_ ticket: UInt64, beyond seq: SequenceNumber, _ done: @escaping Done) {
        waiters[ticket] = (seq, done)
    }

    mutating func reached(_ head: SequenceNumber) {
        guard !waiters.isEmpty else { return }
        for (ticket, waiter) in waiters where waiter.beyond < head {
            waiters[ticket] = nil
            waiter.done(.success(head))
        }
    }

    mutating func end(_ ticket: UInt64, at head: SequenceNumber) {
        waiters.removeValue(forKey: ticket)?.done(.success(head))
    }
}
