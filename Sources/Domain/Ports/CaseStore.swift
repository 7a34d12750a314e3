/// The case files of conversations, shared by all hubs.
package protocol CaseStore: Sendable {
    /// Conversations that changed at or after a moment and whose file was not read up to their head, the longest
    /// unread first, with at most so many events each.
    func behind(since: Timestamp, limit: Int, events: Int) async throws -> [CaseWork]

    /// Conversations that have a deadline at or before a moment, and were read up to their head; the earliest first.
    func due(at moment: Timestamp, limit: Int) async throws -> [CaseWork]

    /// Stores files whose row is still of the version they were read at; the rooms of those that were stored.
    func keep(_ cases: [KeptCase], at moment: Timestamp) async throws -> Set<RoomID>
}

/// A conversation whose case wants a look.
package struct CaseWork: Sendable, Equatable {
    package let room: Room
    /// Nil for one that was never read.
    package let file: CaseFile?
    /// What the hub told of it last.
    package let faces: [ClockFace]
    /// The first events that the file has not seen, in rising order; nil when they were not read.
    package var events: [RoomEvent]?

    package init(room: Room, file: CaseFile?, faces: [ClockFace]) {
        self.room = room
        self.file = file
        self.faces = faces
    }
}

/// A case file to be stored, with what others look for.
package struct KeptCase: Sendable, Equatable {
    package let file: CaseFile
    package let faces: [ClockFace]
    /// When it wants a look though nobody writes.
    package let deadline: Timestamp?
    /// Whether colleagues see something else now than before.
    package let isNews: Bool

    package init(file: CaseFile, faces: [ClockFace], deadline: Timestamp?, isNews: Bool) {
        self.file = file
        self.faces = faces
        self.deadline = deadline
        self.isNews = isNews
    }
}
