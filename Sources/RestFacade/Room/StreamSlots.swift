import Domain
import Synchronization

/// Counts the long-polls and event streams that each person has open.
final class StreamSlots: Sendable {
    /// A place that is given back when the last reference to it goes.
    final class Slot: Sendable {
        private let slots: StreamSlots
        private let person: String

        fileprivate init(_ slots: StreamSlots, _ person: String) {
            self.slots = slots
            self.person = person
        }

        deinit {
            slots.leave(person)
        }
    }

    private let maxPerPerson: Int
    private let open = Mutex<[String: Int]>([:])

    init(maxPerPerson: Int) {
        self.maxPerPerson = maxPerPerson
    }

    /// Throws `rate_limited` when the person has too many open.
    func take(_ person: Participant) throws(HubError) -> Slot {
        let key = "\(person.kind)/\(person.id)"
        let isFree = open.withLock { open in
            guard open[key, default: 0] < maxPerPerson else { return false }
            open[key, default: 0] += 1
            return true
        }
        guard isFree else {
            throw HubError(
                .rateLimited,
                "You have \(maxPerPerson) streams open. Close one, or use one socket for all rooms.",
                retryAfter: .seconds(5)
            )
        }
        return Slot(self, key)
    }

    private func leave(_ person: String) {
        open.withLock { open in
            open[person, default: 1] -= 1
            if open[person] == 0 { open[person] = nil }
        }
    }
}
