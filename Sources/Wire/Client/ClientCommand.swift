package import Domain

/// What a client asks for, checked as far as that goes without knowing who asks.
package enum ClientCommand: Sendable, Equatable {
    case authenticate(AuthenticationRequest)
    case join(RoomID, JoinPosition, limit: Int)
    case leave(RoomID)
    case write(RoomID, MID, WriteRequest, WriteBasis = .unsaid)
    case read(RoomID, SequenceNumber)
    case typing(RoomID, on: Bool)
    case presence(PresenceState)
    case answerOffer(RoomID, accepts: Bool)
    case transfer(RoomID, TransferRequest)
    /// Stops an answer of the assistant.
    case cancel(AssistantRun.ID)
    case help(HelpRequest)
    case stopHelp(HelpID)
    case history(RoomID, HistoryPage)
    case inbox(InboxRequest)
    case search(String, room: RoomID?, limit: Int)
    case ping
}

package struct AuthenticationRequest: Sendable, Equatable {
    package let token: String?
    package let profile: VisitorProfile
    package let identity: VisitorIdentity?
    /// Rooms to be joined at once, each after a number.
    package let rooms: [RoomID: SequenceNumber]
}

package enum JoinPosition: Sendable, Equatable {
    case after(SequenceNumber)
    case now
}

/// A durable change that a client wants.
package enum WriteRequest: Sendable, Equatable {
    case text(MessageBody, replyTo: SequenceNumber?)
    case file(AttachmentID, caption: String?, replyTo: SequenceNumber?)
    case template(MessageBody, replyTo: SequenceNumber?)
    case interactive(MessageBody, replyTo: SequenceNumber?)
    case choice(MessageBody, replyTo: SequenceNumber)
    case edit(SequenceNumber, MessageBody)
    case delete(SequenceNumber)
    case react(SequenceNumber, emoji: String, on: Bool)
    case assign(AssigneeRequest)
    case state(ConversationState, until: Timestamp?)
}

package enum AssigneeRequest: Sendable, Equatable {
    case nobody
    case me
    case user(UserID)
    case team(TeamID)
    case assistant
}

/// An agent hands a conversation on.
package struct TransferRequest: Sendable, Equatable {
    package let target: Transfer.Target
    package let note: String
    package let fallback: Transfer.Fallback

    package init(target: Transfer.Target, note: String, fallback: Transfer.Fallback) {
        self.target = target
        self.note = note
        self.fallback = fallback
    }
}

package struct InboxRequest: Sendable, Equatable {
    package enum Assignee: Sendable, Equatable {
        case anybody, me, nobody
        case user(UserID)
    }

    package let state: ConversationState?
    package let assignee: Assignee
    package let label: LabelID?
    package let clock: ClockStage?
    package let since: Timestamp?
    package let before: InboxQuery.Cursor?
    package let limit: Int
}
