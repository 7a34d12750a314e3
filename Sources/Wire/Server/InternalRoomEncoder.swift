package import Domain

/// Writes internal rooms as the list of one's rooms shows them.
package enum InternalRoomEncoder {
    package static func write(_ entry: InternalRoom, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.id(entry.room.id)
        writer.key("kind")
        writer.string(entry.room.kind.rawValue)
        writer.key("title")
        writer.string(entry.room.title)
        writer.key("head")
        writer.integer(entry.room.head.value)
        writer.key("unread")
        writer.integer(entry.unread)
        writer.key("members")
        writer.beginArray()
        for member in entry.members {
            writer.beginObject()
            writer.key("id")
            writer.string(member.id)
            writer.key("name")
            writer.string(member.name)
            writer.endObject()
        }
        writer.endArray()
        writer.key("last")
        if let last = entry.room.last { writer.value(last.json) } else { writer.null() }
        writer.endObject()
    }
}
