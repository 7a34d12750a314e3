import Domain
import Synchronization

/// The real log with a line that a test can cut, slow down or count on.
final class InterruptedRoomStore: RoomStore {
    struct Plan {
        /// Appends that are committed and then reported as failed.
        var lostAnswers = 0
        /// Reads of events that fail.
        var failedReads = 0
        /// Waits here before each append.
        var beforeAppend: (@Sendable () async -> Void)?
        /// Waits here after each read of events, before they are handed over.
        var afterRead: (@Sendable () async -> Void)?
        /// The requests of each transaction.
        var transactions: [Int] = []
        /// Replaces the log: a database that was opened again.
        var replacement: (any RoomStore)?
    }

    private let original: any RoomStore
    private let plan = Mutex(Plan())

    init(_ original: any RoomStore) {
        self.original = original
    }

    func change<Value: Sendable>(_ body: (inout Plan) -> sending Value) -> Value {
        plan.withLock { plan in body(&plan) }
    }

    private var log: any RoomStore { plan.withLock { $0.replacement } ?? original }

    func append(_ requests: [AppendRequest]) async throws -> [AppendResult] {
        await plan.withLock { $0.beforeAppend }?()
        let isLost = plan.withLock { plan in
            plan.transactions.append(requests.count)
            guard plan.lostAnswers > 0 else { return false }
            plan.lostAnswers -= 1
            return true
        }
        let results = try await log.append(requests)
        if isLost { throw HubError.unavailable() }
        return results
    }

    func events(of room: RoomID, after: SequenceNumber, limit: Int) async throws -> [RoomEvent] {
        let fails = plan.withLock { plan in
            guard plan.failedReads > 0 else { return false }
            plan.failedReads -= 1
            return true
        }
        if fails { throw HubError.unavailable() }
        let events = try await log.events(of: room, after: after, limit: limit)
        await plan.withLock { $0.afterRead }?()
        return events
    }

    func room(_ id: RoomID) async throws -> Room? { try await log.room(id) }

    func history(of room: RoomID, _ page: HistoryPage) async throws -> HistorySlice {
        try await log.history(of: room, page)
    }

    func search(_ query: String, scope: SearchScope, limit: Int) async throws -> [SearchHit] {
        try await log.search(query, scope: scope, limit: limit)
    }

    func changes(since: Timestamp, limit: Int) async throws -> [RoomChange] {
        try await log.changes(since: since, limit: limit)
    }

    func markRead(_ room: RoomID, by reader: Participant, upTo seq: SequenceNumber) async throws -> ReadOutcome {
        try await log.markRead(room, by: reader, upTo: seq)
    }

    func readState(of room: RoomID, for reader: Participant) async throws -> ReadState {
        try await log.readState(of: room, for: reader)
    }

    func makeRoom(_ new: NewRoom) async throws -> (room: Room, isNew: Bool) { try await log.makeRoom(new) }

    func members(of room: RoomID) async throws -> [Participant] { try await log.members(of: room) }

    func internalRooms(of user: UserID) async throws -> [InternalRoom] { try await log.internalRooms(of: user) }
}
