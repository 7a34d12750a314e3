package import Domain

/// Reads a conversation from its beginning, a page at a time, with its notes where they were written.
package struct TranscriptReader: Sendable {
    private static let page = 200

    private var messages: Pages
    private var notes: Pages?
    private var isOver = false

    /// - Parameter notes: The side room; nil leaves the notes out.
    package init(rooms: any RoomStore, room: RoomID, notes: RoomID?) {
        messages = Pages(rooms: rooms, room: room)
        self.notes = notes.map { Pages(rooms: rooms, room: $0) }
    }

    /// The next lines; nil at the end.
    package mutating func next() async throws -> [TranscriptLine]? {
        guard !isOver else { return nil }
        guard let page = try await messages.next() else {
            isOver = true
            return try await notes(before: nil)
        }
        var lines: [TranscriptLine] = []
        for message in page {
            lines += try await notes(before: message.event.seq)
            lines.append(TranscriptLine(message, isNote: false))
        }
        return lines
    }

    /// Those that were written before a message was; all that are left for nil.
    private mutating func notes(before seq: SequenceNumber?) async throws -> [TranscriptLine] {
        var lines: [TranscriptLine] = []
        while let note = try await notes?.peek() {
            if let seq, (note.event.anchor ?? .zero) >= seq { break }
            lines.append(TranscriptLine(note, isNote: true))
            notes?.drop()
        }
        return lines
    }

    /// The messages of one room in rising order.
    private struct Pages: Sendable {
        let rooms: any RoomStore
        let room: RoomID
        private var last = SequenceNumber.zero
        private var hasMore = true
        private var read: ArraySlice<FoldedHistory.Message> = []

        init(rooms: any RoomStore, room: RoomID) {
            self.rooms = rooms
            self.room = room
        }

        /// A page that was not read yet; nil at the end.
        mutating func next() async throws -> [FoldedHistory.Message]? {
            guard hasMore else { return nil }
            let page = HistoryPage(position: .after(last), limit: TranscriptReader.page)
            let history = FoldedHistory(try await rooms.history(of: room, page))
            hasMore = history.hasMore
            guard let newest = history.messages.last else { return nil }
            last = newest.event.seq
            return history.messages
        }

        mutating func peek() async throws -> FoldedHistory.Message? {
            if read.isEmpty, let page = try await next() { read = page[...] }
            return read.first
        }

        mutating func drop() { read = read.dropFirst() }
    }
}
