/// How something stands that the hub keeps up by itself at a service.
package struct UpkeepNote: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case good
        /// It is not done: something that it needs is not there.
        case off
        /// It is under way, or failed and will be tried again.
        case waiting
        /// It does not work until somebody does something.
        case failing
    }

    package let matter: ZidUpkeep.Kind
    package let state: State
    /// What is wrong and what to do.
    package let message: StatusMessage
    /// Of keys when they end, of webhooks when they were looked at last.
    package let at: Timestamp?
    /// What it is to a test of the connection; nil for what takes no score down.
    package let outcome: StatusFinding.Outcome?

    package init(
        _ matter: ZidUpkeep.Kind,
        _ state: State,
        _ message: StatusMessage,
        at moment: Timestamp? = nil,
        outcome: StatusFinding.Outcome? = nil
    ) {
        self.matter = matter
        self.state = state
        self.message = message
        at = moment
        self.outcome = outcome
    }

    package var document: JSONValue {
        [
            "matter": .string(matter.rawValue),
            "state": .string(state.rawValue),
            "message": .string(message.ar),
            "message_en": .string(message.en),
            "at": .optional(at),
        ]
    }

    /// What a test of the connection finds because of it; nil when nothing.
    package var finding: StatusFinding? { outcome.map { StatusFinding($0, message) } }
}
