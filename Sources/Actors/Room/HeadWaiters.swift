import Domain
import Synchronization

/// Callers that wait for a room's head to move: long-polls and event streams.
struct HeadWaiters: Sendable {
    typealias Done = @Sendable (Result<SequenceNumber, HubError>) -> Void

    private var waiters: [ObjectIdentifier: (wait: HeadWait, done: Done)] = [:]

    var isEmpty: Bool { waiters.isEmpty }

    mutating func add(_ wait: HeadWait, _ done: @escaping Done) {
        waiters[ObjectIdentifier(wait)] = (wait, done)
    }

    mutating func reached(_ head: SequenceNumber) {
        guard !waiters.isEmpty else { return }
        for (key, waiter) in waiters where waiter.wait.seq < head {
            waiters[key] = nil
            waiter.done(.success(head))
        }
    }

    mutating func end(_ wait: HeadWait, at head: SequenceNumber) {
        waiters.removeValue(forKey: ObjectIdentifier(wait))?.done(.success(head))
    }
}

/// One caller's wait, which may be given up before the room's actor has heard of it.
final class HeadWait: Sendable {
    /// The head must be beyond this.
    let seq: SequenceNumber
    private let isOver = Atomic(false)

    init(beyond seq: SequenceNumber) {
        self.seq = seq
    }

    var isGivenUp: Bool { isOver.load(ordering: .acquiring) }

    func giveUp() {
        isOver.store(true, ordering: .releasing)
    }
}
