import Domain
import Synchronization

/// Counts the uploads that are under way, in all and of each person.
final class UploadSlots: Sendable {
    private struct State {
        var total = 0
        var byPerson: [String: Int] = [:]
    }

    private let maxTotal: Int
    private let maxPerPerson: Int
    private let state = Mutex(State())

    init(maxTotal: Int, maxPerPerson: Int) {
        self.maxTotal = maxTotal
        self.maxPerPerson = maxPerPerson
    }

    /// Throws `busy` when all are taken. Whoever took one calls `leave` once.
    func take(_ person: Participant) throws(HubError) {
        let key = Self.key(person)
        let isFree = state.withLock { state in
            guard state.total < maxTotal, state.byPerson[key, default: 0] < maxPerPerson else { return false }
            state.total += 1
            state.byPerson[key, default: 0] += 1
            return true
        }
        guard isFree else {
            throw .busy("Too many uploads are under way. Send the file again in a moment.", retryAfter: .seconds(2))
        }
    }

    func leave(_ person: Participant) {
        let key = Self.key(person)
        state.withLock { state in
            state.total -= 1
            state.byPerson[key, default: 1] -= 1
            if state.byPerson[key] == 0 { state.byPerson[key] = nil }
        }
    }

    private static func key(_ person: Participant) -> String { "\(person.kind)/\(person.id)" }
}
