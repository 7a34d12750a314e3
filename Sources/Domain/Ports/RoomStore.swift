/// Rooms and their logs, durable and shared with other hubs.
///
/// Every method throws `HubError`: `unavailable` when the database cannot be reached (a write may then have
/// happened or not), `internal` when it refuses a statement.
package protocol RoomStore: Sendable {
    /// Appends to many rooms in one transaction; returns after the commit is durable.
    ///
    /// One result per request, in the same order. A request names a room once; a room that does not exist
    /// rejects its drafts with `not_found` and disturbs no other.
    func append(_ requests: [AppendRequest]) async throws -> [AppendResult]

    func room(_ id: RoomID) async throws -> Room?

    /// Events with `seq > after` in rising order, at most `limit`.
    func events(of room: RoomID, after: SequenceNumber, limit: Int) async throws -> [RoomEvent]

    /// What a folded page of history needs, read in one snapshot.
    func history(of room: RoomID, _ page: HistoryPage) async throws -> HistorySlice

    /// Messages whose folded text holds `query` (`SearchText.fold`), newest first; rooms limited to `scope`.
    func search(_ query: String, scope: SearchScope, limit: Int) async throws -> [SearchHit]

    /// Rooms changed at or after a moment, with their heads. The inbox and other hubs' appends are found by this.
    func changes(since: Timestamp, limit: Int) async throws -> [RoomChange]

    /// Raises a person's read marker to `seq` (capped by the head) if it is lower.
    func markRead(_ room: RoomID, by reader: Participant, upTo seq: SequenceNumber) async throws -> ReadOutcome

    /// A person's marker, and the highest marker of each side.
    func readState(of room: RoomID, for reader: Participant) async throws -> ReadState

    // MARK: Internal rooms

    /// Makes a channel, group or direct room with its first members. A direct room of the same two people is
    /// found instead of made; `isNew` says which.
    func makeRoom(_ new: NewRoom) async throws -> (room: Room, isNew: Bool)

    /// Members of a group or direct room. Membership is changed by appending `membership` events.
    func members(of room: RoomID) async throws -> [Participant]

    /// The internal rooms a member of staff is in (all channels, and the groups and direct rooms that have them).
    func internalRooms(of user: UserID) async throws -> [InternalRoom]
}

package struct AppendRequest: Sendable {
    package let room: RoomID
    package let drafts: [Draft]

    package init(room: RoomID, drafts: [Draft]) {
        self.room = room
        self.drafts = drafts
    }
}

package struct AppendResult: Sendable {
    /// One per draft.
    package let outcomes: [AppendPlan.Outcome]
    /// What was written, the hub's own follow-ups included.
    package let events: [RoomEvent]
    /// The row after the commit; nil when the room does not exist.
    package let room: Room?
    package let changedAt: Timestamp
    /// Whether routing was told to look at it.
    package let concernsRouting: Bool

    package init(
        outcomes: [AppendPlan.Outcome],
        events: [RoomEvent],
        room: Room?,
        changedAt: Timestamp,
        concernsRouting: Bool = false
    ) {
        self.outcomes = outcomes
        self.events = events
        self.room = room
        self.changedAt = changedAt
        self.concernsRouting = concernsRouting
    }
}

package struct RoomChange: Sendable, Equatable {
    package let room: RoomID
    package let kind: RoomKind
    package let head: SequenceNumber
    package let changedAt: Timestamp
    /// When its log was overwritten last, because a person was erased.
    package let erasedAt: Timestamp?

    package init(
        room: RoomID,
        kind: RoomKind,
        head: SequenceNumber,
        changedAt: Timestamp,
        erasedAt: Timestamp? = nil
    ) {
        self.room = room
        self.kind = kind
        self.head = head
        self.changedAt = changedAt
        self.erasedAt = erasedAt
    }
}

package struct ReadOutcome: Sendable, Equatable {
    package let marker: SequenceNumber
    /// Messages of others after the marker, at most `ReadState.maxUnread`.
    package let unread: Int64
    /// Whether the marker was lower before.
    package let didRise: Bool

    package init(marker: SequenceNumber, unread: Int64, didRise: Bool) {
        self.marker = marker
        self.unread = unread
        self.didRise = didRise
    }
}

package struct ReadState: Sendable, Equatable {
    /// Counting stops here: a list shows "999+".
    package static let maxUnread: Int64 = 999

    package let marker: SequenceNumber
    package let unread: Int64
    package let customerRead: SequenceNumber
    package let agentsRead: SequenceNumber

    package init(
        marker: SequenceNumber,
        unread: Int64,
        customerRead: SequenceNumber,
        agentsRead: SequenceNumber
    ) {
        self.marker = marker
        self.unread = unread
        self.customerRead = customerRead
        self.agentsRead = agentsRead
    }
}

package struct NewRoom: Sendable {
    package let id: RoomID
    package let kind: RoomKind
    package let title: String
    /// Groups and direct rooms: the first members, the maker among them.
    package let members: [Participant]
    package let at: Timestamp

    package init(id: RoomID, kind: RoomKind, title: String, members: [Participant], at: Timestamp) {
        self.id = id
        self.kind = kind
        self.title = title
        self.members = members
        self.at = at
    }
}

package struct InternalRoom: Sendable {
    package let room: Room
    package let members: [Participant]
    package let unread: Int64

    package init(room: Room, members: [Participant], unread: Int64) {
        self.room = room
        self.members = members
        self.unread = unread
    }
}

package enum SearchScope: Sendable, Equatable {
    case room(RoomID)
    /// All conversations that they see with their sides, all channels, and the groups and direct rooms of this user.
    case everything(visibleTo: UserID, sight: TeamSight? = nil)
}

package struct SearchHit: Sendable, Equatable {
    package let room: RoomID
    /// The message, also when an edit of it was found.
    package let seq: SequenceNumber
    package let at: Timestamp
    package let author: Participant
    package let body: MessageBody

    package init(room: RoomID, seq: SequenceNumber, at: Timestamp, author: Participant, body: MessageBody) {
        self.room = room
        self.seq = seq
        self.at = at
        self.author = author
        self.body = body
    }
}
