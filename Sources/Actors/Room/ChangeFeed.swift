package import Domain
package import Logging
import ServiceLifecycle

/// Learns what other processes did to the same store: appends of other hubs, accounts changed by the command line,
/// logins that were ended elsewhere.
///
/// Looks back a little further than the last look, because a transaction may become visible after a younger
/// one. Seeing a change twice is harmless. Also keeps time for rooms: snoozes that end, actors to let go.
package struct ChangeFeed: Service {
    private let rooms: any RoomStore
    private let conversations: any ConversationStore
    private let users: any UserStore
    private let directory: RoomDirectory
    private let sessions: SessionDirectory
    private let inbox: InboxActor
    private let interval: Duration
    private let overlap: Duration
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    private static let page = 1000
    private static let ticksBetweenRetirements = 20

    /// - Parameters:
    ///   - interval: Between two looks; the delay of another hub's messages.
    ///   - overlap: Longer than a transaction may take, and than the clocks of two hubs may differ.
    package init(
        rooms: any RoomStore,
        conversations: any ConversationStore,
        users: any UserStore,
        directory: RoomDirectory,
        sessions: SessionDirectory,
        inbox: InboxActor,
        interval: Duration = .milliseconds(500),
        overlap: Duration = .seconds(10),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.rooms = rooms
        self.conversations = conversations
        self.users = users
        self.directory = directory
        self.sessions = sessions
        self.inbox = inbox
        self.interval = interval
        self.overlap = overlap
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await look() }
    }

    private func look() async {
        var since = now()
        var seen: [RoomID: RoomChange] = [:]
        var tick = 0
        while !Task.isCancelled {
            try? await Task.sleep(for: interval)
            tick += 1
            let start = now()
            do {
                try await takeRoomChanges(since: since - overlap, &seen)
                for user in try await users.usersChanged(since: since - overlap) { sessions.accountChanged(user) }
                for login in try await users.loginsEnded(since: since - overlap) { sessions.ended(login) }
                try await wakeSnoozed(at: start)
                since = start
            } catch is CancellationError {
                return
            } catch {
                logger.debug("the store is away; looking again later", metadata: ["error": "\(error)"])
            }
            if tick % Self.ticksBetweenRetirements == 0 { directory.retireIdle(at: start) }
        }
    }

    private func takeRoomChanges(since: Timestamp, _ seen: inout [RoomID: RoomChange]) async throws {
        let changes = try await changes(since: since)
        for change in changes.values where seen[change.room] != change {
            directory.loadedRoom(change.room)?.tell { $0.seen(change) }
            if !change.kind.isInternal { inbox.noteChange(of: change.room) }
        }
        seen = changes
    }

    /// All of them, read page by page.
    private func changes(since: Timestamp) async throws -> [RoomID: RoomChange] {
        var found: [RoomID: RoomChange] = [:]
        var (start, limit) = (since, Self.page)
        while true {
            let page = try await rooms.changes(since: start, limit: limit)
            for change in page { found[change.room] = change }
            guard page.count == limit, let last = page.last else { return found }
            // One transaction gives many rooms the same moment: a page of one moment only leads no further.
            if last.changedAt > start { start = last.changedAt } else { limit *= 2 }
        }
    }

    private func wakeSnoozed(at moment: Timestamp) async throws {
        for due in try await conversations.dueSnoozes(at: moment, limit: Self.page) {
            // Every hub may try: the mid makes it happen once.
            let draft = Draft(
                author: .hub, mid: .due(at: due.until, "wake"), content: .state(.open, until: nil))
            do {
                _ = try await directory.append(draft, to: due.room)
            } catch let error as HubError {
                logger.warning(
                    "a snooze could not be ended", metadata: ["room.id": "\(due.room)", "error": "\(error.code)"])
            }
        }
    }
}
