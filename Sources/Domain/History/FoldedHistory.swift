/// A page of history with edits, deletions and reactions applied.
///
/// History up to `asOf` plus the events after it equals fresh history.
package struct FoldedHistory: Sendable, Equatable {
    package struct Message: Sendable, Equatable {
        package let event: RoomEvent
        /// Nil once deleted.
        package var body: MessageBody?
        package var edited: Change?
        package var deleted: Deletion?
        /// In the order of the first reaction with each emoji.
        package var reactions: [Reaction]
        package var status: Delivery?
    }

    /// How far a message got outside.
    package struct Delivery: Sendable, Equatable {
        package let state: MessageStatus
        package let at: Timestamp
        package let problem: String?
    }

    package struct Change: Sendable, Equatable {
        package let seq: SequenceNumber
        package let at: Timestamp
    }

    package struct Deletion: Sendable, Equatable {
        package let seq: SequenceNumber
        package let at: Timestamp
        package let author: Participant
    }

    package struct Reaction: Sendable, Equatable {
        package let emoji: String
        package var authors: [Participant]
    }

    package private(set) var messages: [Message]
    package let notices: [RoomEvent]
    package let asOf: SequenceNumber
    package let hasMore: Bool

    package init(_ slice: HistorySlice) {
        var places: [SequenceNumber: Int] = [:]
        messages = []
        notices = slice.notices
        asOf = slice.head
        hasMore = slice.hasMore
        for event in slice.messages {
            guard case .message(let body, _) = event.content else { continue }
            places[event.seq] = messages.count
            messages.append(Message(event: event, body: body, edited: nil, deleted: nil, reactions: [], status: nil))
        }
        for change in slice.changes {
            guard let target = change.content.target, let place = places[target] else { continue }
            messages[place].apply(change)
        }
    }
}

extension FoldedHistory.Message {
    fileprivate mutating func apply(_ change: RoomEvent) {
        switch change.content {
        case .edit(_, let body):
            guard deleted == nil else { return }
            self.body = body
            // Nobody changed their mind: a file came.
            guard change.author.kind != .system else { return }
            edited = FoldedHistory.Change(seq: change.seq, at: change.at)
        case .deletion:
            body = nil
            reactions = []
            deleted = FoldedHistory.Deletion(seq: change.seq, at: change.at, author: change.author)
        case .reaction(_, let emoji, let on):
            guard deleted == nil else { return }
            react(emoji, by: change.author, on: on)
        case .status(_, let state, let problem):
            status = FoldedHistory.Delivery(state: state, at: change.at, problem: problem)
        case .message, .assignment, .state, .membership, .labels, .clock, .survey, .rating, .run:
            break
        }
    }

    private mutating func react(_ emoji: String, by author: Participant, on: Bool) {
        guard let place = reactions.firstIndex(where: { $0.emoji == emoji }) else {
            if on { reactions.append(FoldedHistory.Reaction(emoji: emoji, authors: [author])) }
            return
        }
        let isOn = reactions[place].authors.contains { $0.isSamePerson(as: author) }
        guard isOn != on else { return }
        if on {
            reactions[place].authors.append(author)
        } else {
            reactions[place].authors.removeAll { $0.isSamePerson(as: author) }
        }
        if reactions[place].authors.isEmpty { reactions.remove(at: place) }
    }
}
