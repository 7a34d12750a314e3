/// Somebody of the staff was called by name in a message.
package struct Mention: Sendable, Equatable {
    /// Of a mention in a private note: the conversation that the note is about.
    package struct Place: Sendable, Equatable {
        package let conversation: RoomID
        package let customer: Participant
        package let team: TeamID?
        /// Who has the conversation.
        package let owner: UserID?

        package init(conversation: RoomID, customer: Participant, team: TeamID?, owner: UserID?) {
            self.conversation = conversation
            self.customer = customer
            self.team = team
            self.owner = owner
        }
    }

    /// Characters of the message that are told.
    package static let excerptLength = 300

    /// Who is mentioned.
    package let user: UserID
    package let room: RoomID
    package let kind: RoomKind
    /// Of the room; empty where it has none.
    package let title: String
    /// Nil in an internal room.
    package let place: Place?
    /// The message.
    package let seq: SequenceNumber
    /// What mentioned them first: the message, or an edit of it. Who has read up to it knows.
    package let event: SequenceNumber
    package let at: Timestamp
    package let author: Participant
    /// As the message reads now; cut.
    package let excerpt: String
    package let isUnread: Bool

    package init(
        user: UserID,
        room: RoomID,
        kind: RoomKind,
        title: String,
        place: Place?,
        seq: SequenceNumber,
        event: SequenceNumber,
        at: Timestamp,
        author: Participant,
        text: String,
        isUnread: Bool
    ) {
        self.user = user
        self.room = room
        self.kind = kind
        self.title = title
        self.place = place
        self.seq = seq
        self.event = event
        self.at = at
        self.author = author
        excerpt = String(text.prefix(Self.excerptLength))
        self.isUnread = isUnread
    }

    package func isVisible(to sight: TeamSight) -> Bool {
        guard let place else { return true }
        return place.owner == sight.user || sight.sees(team: place.team)
    }

    package var document: [String: JSONValue] {
        [
            "room": .string(room.text), "kind": .string(kind.rawValue), "title": .string(title),
            "conversation": .optional(place?.conversation.text), "customer": place?.customer.json ?? .null,
            "seq": .integer(seq.value), "event": .integer(event.value), "at": .string(at.rfc3339),
            "by": author.json, "text": .string(excerpt), "unread": .bool(isUnread),
        ]
    }
}
