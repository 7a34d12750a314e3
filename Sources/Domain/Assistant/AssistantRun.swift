/// One answer of the assistant: from what the customer wrote to its message, or to why there is none.
///
///     started ─▶ done
///        └─────▶ cancelled, failed
package struct AssistantRun: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case started, done
        /// The customer, or a person who took over, stopped it.
        case cancelled
        case failed
    }

    /// One question is answered once under each epoch, on whichever hub: so the name follows from both.
    package struct ID: Sendable, Hashable, CustomStringConvertible {
        package let room: RoomID
        /// The message that it answers; what the customer writes meanwhile is answered with it.
        package let question: SequenceNumber
        /// Under which the assistant has the conversation.
        package let epoch: Int64

        package init(room: RoomID, question: SequenceNumber, epoch: Int64) {
            self.room = room
            self.question = question
            self.epoch = epoch
        }

        /// `r_….12.3`
        package init?(_ text: String) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, let room = RoomID(String(parts[0])) else { return nil }
            self.init(room: room, parts[1], parts[2])
        }

        /// Reads the name of a run's message.
        package init?(writing mid: MID, in room: RoomID) {
            guard mid.text.hasPrefix(MID.runPrefix) else { return nil }
            let parts = mid.text.dropFirst(MID.runPrefix.count).split(
                separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            self.init(room: room, parts[0], parts[1])
        }

        private init?(room: RoomID, _ question: Substring, _ epoch: Substring) {
            guard let question = Int64(question), question > 0, let epoch = Int64(epoch), epoch >= 0 else { return nil }
            self.init(room: room, question: SequenceNumber(question), epoch: epoch)
        }

        package var text: String { "\(room.text).\(question.value).\(epoch)" }
        package var description: String { text }
    }

    package let id: ID
    package let state: State

    package init(_ id: ID, _ state: State) {
        self.id = id
        self.state = state
    }

    package var json: JSONValue {
        ["run": .string(id.text), "state": .string(state.rawValue), "target": .integer(id.question.value)]
    }

    package init?(json: JSONValue) {
        guard let id = json["run"]?.string.flatMap(ID.init), let state = json["state"]?.string.flatMap(State.init)
        else { return nil }
        self.init(id, state)
    }
}
