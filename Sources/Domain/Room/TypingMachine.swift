/// Who is typing in a room; a sign of life is needed every few seconds.
package struct TypingMachine: Sendable {
    private var deadlines: [ConnectionID: (who: Participant, until: Timestamp)] = [:]
    private let lifetime: Duration

    /// - Parameter lifetime: How long one `typing` counts.
    package init(lifetime: Duration) {
        self.lifetime = lifetime
    }

    package var nextDeadline: Timestamp? { deadlines.values.map(\.until).min() }

    /// Returns whether others should be told.
    package mutating func typed(_ connection: ConnectionID, _ who: Participant, at now: Timestamp) -> Bool {
        deadlines.updateValue((who, now + lifetime), forKey: connection) == nil
    }

    /// Stopped, sent the message, or went away. Returns who should be shown as quiet.
    package mutating func stopped(_ connection: ConnectionID) -> Participant? {
        deadlines.removeValue(forKey: connection)?.who
    }

    /// Who should be shown as quiet, to everybody but the connection that typed.
    package mutating func expire(at now: Timestamp) -> [ConnectionID: Participant] {
        let over = deadlines.filter { $0.value.until <= now }
        for connection in over.keys { deadlines[connection] = nil }
        return over.mapValues(\.who)
    }
}
