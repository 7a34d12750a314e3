/// A mail that is owed: what it is about. Its words are found when it leaves.
///
/// So nothing of a conversation lies in the outbox, and what was deleted, read or erased meanwhile is not sent.
package struct MailOrder: Sendable, Equatable {
    package enum Purpose: Sendable, Equatable {
        /// The conversation as it reads then.
        case transcript
        /// The messages from the one behind `after` to `upTo` that the visitor has not read by then.
        case followUp(after: SequenceNumber, upTo: SequenceNumber)
        /// One message of the conversation, to whoever has no other way to read it.
        case message(SequenceNumber)
    }

    package let purpose: Purpose
    package let conversation: RoomID
    package let language: Language

    package init(_ purpose: Purpose, of conversation: RoomID, in language: Language) {
        self.purpose = purpose
        self.conversation = conversation
        self.language = language
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "conversation": .string(conversation.text), "language": .string(language.rawValue),
        ]
        switch purpose {
        case .transcript: members["purpose"] = "transcript"
        case .followUp(let after, let upTo):
            members["purpose"] = "follow_up"
            members["after"] = .integer(after.value)
            members["up_to"] = .integer(upTo.value)
        case .message(let seq):
            members["purpose"] = "message"
            members["seq"] = .integer(seq.value)
        }
        return .object(members)
    }

    /// Reads what `json` gave; nil for all else.
    package init?(json: JSONValue) {
        guard let conversation = json["conversation"]?.string.flatMap(RoomID.init),
            let language = json["language"]?.string.flatMap(Language.init(rawValue:))
        else { return nil }
        switch json["purpose"]?.string {
        case "transcript":
            self.init(.transcript, of: conversation, in: language)
        case "follow_up":
            guard let after = json["after"]?.integer, let upTo = json["up_to"]?.integer else { return nil }
            self.init(
                .followUp(after: SequenceNumber(after), upTo: SequenceNumber(upTo)), of: conversation, in: language)
        case "message":
            guard let seq = json["seq"]?.integer else { return nil }
            self.init(.message(SequenceNumber(seq)), of: conversation, in: language)
        default:
            return nil
        }
    }
}
