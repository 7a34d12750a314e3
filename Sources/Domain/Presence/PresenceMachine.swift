/// Who is in a room now, by their connections, with a grace before somebody counts as gone.
package struct PresenceMachine: Sendable {
    /// One change that others are told.
    package struct Change: Sendable, Equatable {
        package let who: Participant
        package let state: PresenceState
    }

    private struct Person: Sendable {
        var participant: Participant
        var connections = SmallDictionary<ConnectionID, PresenceState>()
        /// Set while no connection is left.
        var leavesAt: Timestamp?
        var announced = PresenceState.offline
    }

    private struct Key: Hashable, Sendable {
        let kind: Participant.Kind
        let id: String

        init(_ participant: Participant) {
            kind = participant.kind
            id = participant.id
        }
    }

    private var people = SmallDictionary<Key, Person>()
    private let grace: Duration

    /// - Parameter grace: How long somebody without a connection still counts as here.
    package init(grace: Duration) {
        self.grace = grace
    }

    /// People, not connections.
    package var count: Int { people.count }

    /// Everyone here with the state that was announced.
    package var here: [Change] {
        people.values.map { Change(who: $0.participant, state: $0.announced) }
            .sorted { ($0.who.kind.rawValue, $0.who.id) < ($1.who.kind.rawValue, $1.who.id) }
    }

    /// When `expire` has something to do next.
    package var nextDeadline: Timestamp? { people.values.compactMap(\.leavesAt).min() }

    package mutating func joined(_ connection: ConnectionID, _ who: Participant, _ state: PresenceState) -> Change? {
        let key = Key(who)
        var person = people[key] ?? Person(participant: who)
        person.participant = who
        person.connections[connection] = state
        person.leavesAt = nil
        return settle(key, person)
    }

    package mutating func changed(_ connection: ConnectionID, _ who: Participant, to state: PresenceState) -> Change? {
        let key = Key(who)
        guard var person = people[key], person.connections[connection] != nil else { return nil }
        person.connections[connection] = state
        return settle(key, person)
    }

    package mutating func left(_ connection: ConnectionID, _ who: Participant, at now: Timestamp) -> Change? {
        let key = Key(who)
        guard var person = people[key], person.connections.removeValue(forKey: connection) != nil else { return nil }
        if person.connections.isEmpty {
            person.leavesAt = now + grace
            people[key] = person
            return nil
        }
        return settle(key, person)
    }

    /// Removes whoever's grace is over.
    package mutating func expire(at now: Timestamp) -> [Change] {
        var changes: [Change] = []
        for (key, person) in people {
            guard let leavesAt = person.leavesAt, leavesAt <= now else { continue }
            people[key] = nil
            changes.append(Change(who: person.participant, state: .offline))
        }
        return changes
    }

    private mutating func settle(_ key: Key, _ person: Person) -> Change? {
        var person = person
        let best = person.connections.values.max { $0.rank < $1.rank } ?? .offline
        let isNews = best != person.announced
        person.announced = best
        people[key] = person
        return isNews ? Change(who: person.participant, state: best) : nil
    }
}
