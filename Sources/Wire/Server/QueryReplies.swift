package import Domain

/// Writes the answers to questions about many messages or conversations.
package enum QueryReplies {
    package static func write(_ history: FoldedHistory, for audience: Audience, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("messages")
        writer.beginArray()
        for message in history.messages { write(message, for: audience, into: &writer) }
        writer.endArray()
        writer.key("notices")
        writer.beginArray()
        for notice in history.notices { EventEncoder.write(notice, for: audience, into: &writer) }
        writer.endArray()
        writer.key("as_of")
        writer.integer(history.asOf.value)
        writer.key("more")
        writer.bool(history.hasMore)
        writer.endObject()
    }

    package static func writeInbox(
        _ summaries: [ConversationSummary],
        watermark: Timestamp,
        next: InboxQuery.Cursor?,
        into writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("conversations")
        writer.beginArray()
        for summary in summaries { SummaryEncoder.write(summary, into: &writer) }
        writer.endArray()
        writer.key("watermark")
        writer.string(InboxCursor.watermark(watermark))
        writer.key("next")
        if let next { writer.string(InboxCursor.page(next)) } else { writer.null() }
        writer.endObject()
    }

    package static func write(_ hits: [SearchHit], into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("hits")
        writer.beginArray()
        for hit in hits {
            writer.beginObject()
            writer.key("room")
            writer.id(hit.room)
            writer.key("seq")
            writer.integer(hit.seq.value)
            writer.key("at")
            writer.string(hit.at.rfc3339)
            writer.key("by")
            EventEncoder.write(hit.author, for: .staff, into: &writer)
            writer.key("kind")
            writer.string(hit.body.kind.rawValue)
            writer.key("text")
            writer.string(hit.body.plainText)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    private static func write(_ message: FoldedHistory.Message, for audience: Audience, into writer: inout JSONWriter) {
        let event = message.event
        writer.beginObject()
        writer.key("seq")
        writer.integer(event.seq.value)
        writer.key("at")
        writer.string(event.at.rfc3339)
        writer.key("by")
        EventEncoder.write(event.author, for: audience, into: &writer)
        writer.key("mid")
        writer.string(event.mid.text)
        if let anchor = event.anchor {
            writer.key("anchor")
            writer.integer(anchor.value)
        }
        if case .message(let body, let replyTo) = event.content {
            writer.key("kind")
            writer.string(body.kind.rawValue)
            if let replyTo {
                writer.key("reply_to")
                writer.integer(replyTo.value)
            }
        }
        writer.key("body")
        if let body = message.body { writer.value(body.json) } else { writer.null() }
        if let edited = message.edited {
            writer.key("edited")
            writer.beginObject()
            writer.key("seq")
            writer.integer(edited.seq.value)
            writer.key("at")
            writer.string(edited.at.rfc3339)
            writer.endObject()
        }
        if let deleted = message.deleted {
            writer.key("deleted")
            writer.beginObject()
            writer.key("seq")
            writer.integer(deleted.seq.value)
            writer.key("at")
            writer.string(deleted.at.rfc3339)
            writer.key("by")
            EventEncoder.write(deleted.author, for: audience, into: &writer)
            writer.endObject()
        }
        if let status = message.status {
            writer.key("status")
            writer.beginObject()
            writer.key("state")
            writer.string(status.state.rawValue)
            writer.key("at")
            writer.string(status.at.rfc3339)
            if let problem = status.problem {
                writer.key("err")
                writer.string(problem)
            }
            writer.endObject()
        }
        writer.key("reactions")
        writer.beginArray()
        for reaction in message.reactions {
            writer.beginObject()
            writer.key("emoji")
            writer.string(reaction.emoji)
            writer.key("by")
            writer.beginArray()
            for author in reaction.authors { EventEncoder.write(author, for: audience, into: &writer) }
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
