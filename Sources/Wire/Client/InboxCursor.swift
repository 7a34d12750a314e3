package import Domain

/// The texts that stand for places in the inbox; clients hand them back as they got them.
package enum InboxCursor {
    /// A moment from which on everything changed comes back.
    package static func watermark(_ moment: Timestamp) -> String {
        "w\(moment.milliseconds)"
    }

    package static func page(_ cursor: InboxQuery.Cursor) -> String {
        "\(cursor.changedAt.milliseconds)~\(cursor.room)"
    }

    static func watermark(_ reader: ObjectReader) throws(HubError) -> Timestamp? {
        guard let text = try reader.optionalString("since") else { return nil }
        guard text.hasPrefix("w"), let milliseconds = Int64(text.dropFirst()) else {
            throw .badRequest("since must be the watermark of an earlier reply")
        }
        return Timestamp(milliseconds: milliseconds)
    }

    static func page(_ reader: ObjectReader) throws(HubError) -> InboxQuery.Cursor? {
        guard let text = try reader.optionalString("before") else { return nil }
        let parts = text.split(separator: "~", maxSplits: 1)
        guard parts.count == 2, let milliseconds = Int64(parts[0]), let room = RoomID(String(parts[1])) else {
            throw .badRequest("before must be the next of an earlier reply")
        }
        return InboxQuery.Cursor(changedAt: Timestamp(milliseconds: milliseconds), room: room)
    }
}
