import Domain

/// Writes inbox summaries.
enum SummaryEncoder {
    static func write(_ summary: ConversationSummary, into writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(of: summary, into: &writer)
        writer.endObject()
    }

    static func writeMembers(of summary: ConversationSummary, into writer: inout JSONWriter) {
        let conversation = summary.conversation
        writer.key("room")
        writer.id(summary.room.id)
        writer.key("side")
        writer.id(conversation.side)
        writer.key("head")
        writer.integer(summary.room.head.value)
        writer.key("side_head")
        writer.integer(summary.sideHead.value)
        writer.key("last")
        if let last = summary.room.last { writer.value(last.json) } else { writer.null() }
        writer.key("contact")
        write(summary.contact, into: &writer)
        writer.key("channel")
        writer.string(conversation.channel.rawValue)
        writer.key("assignee")
        EventEncoder.write(conversation.assignee, for: .staff, into: &writer)
        writer.key("epoch")
        writer.integer(conversation.epoch)
        writer.key("state")
        writer.string(conversation.state.rawValue)
        if let until = conversation.snoozedUntil {
            writer.key("until")
            writer.string(until.rfc3339)
        }
        writer.key("unread")
        writer.integer(conversation.unread)
        writer.key("waiting_since")
        if let since = conversation.waitingSince { writer.string(since.rfc3339) } else { writer.null() }
        if let window = conversation.window {
            writer.key("window_until")
            if let end = window.end { writer.string(end.rfc3339) } else { writer.null() }
        }
        writer.key("labels")
        writer.value(.array(summary.labels.map(\.json)))
        writer.key("clocks")
        writer.value(.array(summary.clocks.map(\.json)))
        writer.key("at")
        writer.string(summary.changedAt.rfc3339)
    }

    private static func write(_ contact: Contact, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("kind")
        writer.string(contact.participant.kind.rawValue)
        writer.key("id")
        writer.string(contact.participant.id)
        writer.key("name")
        writer.string(contact.participant.name)
        write("email", contact.email, into: &writer)
        write("phone", contact.phone, into: &writer)
        write("locale", contact.locale, into: &writer)
        write("page", contact.page, into: &writer)
        writer.key("verified")
        writer.bool(contact.isVerified)
        writer.endObject()
    }

    private static func write(_ name: StaticString, _ text: String?, into writer: inout JSONWriter) {
        guard let text else { return }
        writer.key(name)
        writer.string(text)
    }
}
