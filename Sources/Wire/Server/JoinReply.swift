package import Domain

/// What a join brings: the missing events and the state of the room for this person.
package struct JoinReply: Sendable {
    package let room: RoomID
    package let head: SequenceNumber
    package let events: [RoomEvent]
    package let isLive: Bool
    /// This person's own place; nil where it would cost a read of the store during a resume.
    package let own: OwnRead?
    package let customerRead: SequenceNumber
    package let agentsRead: SequenceNumber
    package let presence: Presence
    /// Staff in a conversation: the room of private notes.
    package let side: RoomID?
    /// Staff in a conversation, unless it was a resume.
    package let conversation: ConversationSummary?
    /// A customer who waits in a line.
    package let place: QueuePlace?
    /// What the assistant is writing.
    package let draft: AssistantDraft?

    package struct OwnRead: Sendable, Equatable {
        package let marker: SequenceNumber
        package let unread: Int64

        package init(marker: SequenceNumber, unread: Int64) {
            self.marker = marker
            self.unread = unread
        }
    }

    package struct Presence: Sendable {
        package let count: Int
        /// Nil in crowded rooms.
        package let here: [PresenceMachine.Change]?

        package init(count: Int, here: [PresenceMachine.Change]?) {
            self.count = count
            self.here = here
        }
    }

    package init(
        room: RoomID,
        head: SequenceNumber,
        events: [RoomEvent],
        isLive: Bool,
        own: OwnRead?,
        customerRead: SequenceNumber,
        agentsRead: SequenceNumber,
        presence: Presence,
        side: RoomID?,
        conversation: ConversationSummary?,
        place: QueuePlace? = nil,
        draft: AssistantDraft? = nil
    ) {
        self.room = room
        self.head = head
        self.events = events
        self.isLive = isLive
        self.own = own
        self.customerRead = customerRead
        self.agentsRead = agentsRead
        self.presence = presence
        self.side = side
        self.conversation = conversation
        self.place = place
        self.draft = draft
    }

    package func write(for audience: Audience, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("room")
        writer.id(room)
        writer.key("head")
        writer.integer(head.value)
        writer.key("events")
        writer.beginArray()
        for event in events { EventEncoder.write(event, for: audience, into: &writer) }
        writer.endArray()
        writer.key("live")
        writer.bool(isLive)
        if let own {
            writer.key("read")
            writer.integer(own.marker.value)
            writer.key("unread")
            writer.integer(own.unread)
        }
        switch audience {
        case .customer:
            writer.key("agents_read")
            writer.integer(agentsRead.value)
        case .staff:
            writer.key("customer_read")
            writer.integer(customerRead.value)
        }
        writer.key("presence")
        writePresence(for: audience, into: &writer)
        if let place {
            writer.key("queue")
            writer.beginObject()
            PushEncoder.write(place, for: audience, into: &writer)
            writer.endObject()
        }
        if let draft {
            writer.key("run")
            writer.beginObject()
            writer.key("run")
            writer.string(draft.run.text)
            writer.key("t")
            writer.string(draft.text)
            writer.endObject()
        }
        if let side, audience == .staff {
            writer.key("side")
            writer.id(side)
        }
        if let conversation, audience == .staff {
            writer.key("conv")
            SummaryEncoder.write(conversation, into: &writer)
        }
        writer.endObject()
    }

    private func writePresence(for audience: Audience, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("count")
        writer.integer(presence.count)
        if let here = presence.here {
            writer.key("here")
            writer.beginArray()
            for change in here {
                let id = audience == .customer && change.who.kind == .staff ? EventEncoder.agentID : change.who.id
                writer.beginObject()
                writer.key("kind")
                writer.string(change.who.kind.rawValue)
                writer.key("id")
                writer.string(id)
                writer.key("name")
                writer.string(change.who.name)
                writer.key("state")
                writer.string(change.state.rawValue)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.endObject()
    }
}
