/// What happened in a room, one case for each durable event of the wire contract.
package enum EventContent: Sendable, Equatable {
    case message(MessageBody, replyTo: SequenceNumber?)
    case edit(target: SequenceNumber, body: MessageBody)
    case deletion(target: SequenceNumber)
    case reaction(target: SequenceNumber, emoji: String, on: Bool)
    /// How far a message got outside; `problem` says in words why it failed.
    case status(target: SequenceNumber, MessageStatus, problem: String?)
    /// A change of owner; `epoch` counts them.
    case assignment(to: Assignee?, epoch: Int64)
    case state(ConversationState, until: Timestamp?)
    case membership(MembershipChange, who: Participant)
    /// Labels that were put on a conversation, or taken off it; told in its side room.
    case labels(added: [LabelMark], removed: [LabelMark])
    /// What became of a promise of time, and when that was due; told in the side room.
    case clock(ServiceClock.Kind, ClockStage, due: Timestamp)
    /// The customer is asked how it was.
    case survey
    case rating(SurveyAnswer)
    /// The assistant begins or ends an answer.
    case run(AssistantRun)

    package enum Kind: String, Sendable, CaseIterable {
        case message = "msg"
        case edit
        case deletion = "del"
        case reaction = "react"
        case status
        case assignment = "assign"
        case state
        case membership = "member"
        case labels = "label"
        case clock
        case survey
        case rating
        case run
    }

    package enum MembershipChange: String, Sendable, CaseIterable {
        case added, removed
    }

    package var kind: Kind {
        switch self {
        case .message: .message
        case .edit: .edit
        case .deletion: .deletion
        case .reaction: .reaction
        case .status: .status
        case .assignment: .assignment
        case .state: .state
        case .membership: .membership
        case .labels: .labels
        case .clock: .clock
        case .survey: .survey
        case .rating: .rating
        case .run: .run
        }
    }

    /// The event that this one changes.
    package var target: SequenceNumber? {
        switch self {
        case .edit(let target, _), .deletion(let target), .reaction(let target, _, _), .status(let target, _, _):
            target
        case .message, .assignment, .state, .membership, .labels, .clock, .survey, .rating, .run: nil
        }
    }

    package var replyTo: SequenceNumber? {
        if case .message(_, let replyTo) = self { replyTo } else { nil }
    }

    /// What was said, or is said now.
    package var body: MessageBody? {
        switch self {
        case .message(let body, _), .edit(_, let body): body
        case .deletion, .reaction, .status, .assignment, .state, .membership, .labels, .clock, .survey, .rating, .run:
            nil
        }
    }

    /// The words and the codes in them, when it hands out codes.
    package var codes: CodeText? {
        if case .codes(let codes) = body { codes } else { nil }
    }

    /// What a search finds this event by; codes are not looked for.
    package var searchText: String? { codes == nil ? body?.plainText : nil }

    /// Whether a retry with this content means the same write. An epoch is given by the log, not by the author.
    package func isSameRequest(as other: EventContent) -> Bool {
        if case .assignment(let mine, _) = self, case .assignment(let theirs, _) = other {
            return mine?.isSame(as: theirs) ?? (theirs == nil)
        }
        if case .membership(let change, let who) = self, case .membership(let otherChange, let otherWho) = other {
            return change == otherChange && who.isSamePerson(as: otherWho)
        }
        if let mine = mentioning, let theirs = other.mentioning {
            return mine.isSame(as: theirs) && target == other.target && replyTo == other.replyTo
        }
        return self == other
    }
}
