/// Texts with codes that an earlier version stored as they are: found and sealed, page by page.
package protocol PlainTextStore: Sendable {
    /// Seals what the next messages with codes hold, in one transaction: their words, edits of them, what is owed to
    /// providers for them, the excerpt in the list of rooms, and the text in the search index.
    ///
    /// - Parameter place: The last place of the page before; nil to begin.
    func seal(after place: PlainTextPlace?, limit: Int) async throws -> PlainTextPage
}

package struct PlainTextPlace: Sendable, Equatable {
    package let room: RoomID
    package let seq: SequenceNumber

    package init(room: RoomID, seq: SequenceNumber) {
        self.room = room
        self.seq = seq
    }
}

package struct PlainTextPage: Sendable, Equatable {
    /// Messages whose words were sealed.
    package let messages: Int
    /// Nil at the end.
    package let last: PlainTextPlace?

    package init(messages: Int, last: PlainTextPlace?) {
        self.messages = messages
        self.last = last
    }
}
