import Domain

/// What `message_search` stores of an event: the folded text, and the message that it is the text of.
enum SearchRow {
    /// Room, seq, target and text; nil when the event has no text to be found by.
    static func values(of event: RoomEvent) -> [SQLValue]? {
        values(room: .id(event.room), seq: event.seq, content: event.content)
    }

    static func values(room: SQLValue, seq: SequenceNumber, content: EventContent) -> [SQLValue]? {
        guard let text = content.searchText.map(SearchText.fold), !text.isEmpty else { return nil }
        return [room, .seq(seq), .seq(content.target ?? seq), .text(text)]
    }
}
