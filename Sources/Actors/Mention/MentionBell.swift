package import Domain
package import Logging
import ServiceLifecycle

/// Tells members of staff who are connected here that somebody mentioned them, once for each mention.
///
/// It reads the table that the appends of all hubs write, and looks again at once when this hub wrote to it. Each look
/// goes back a little further than the last one, because a transaction may become visible after a younger one. Who is
/// not connected finds it in their list.
package struct MentionBell: Service {
    /// What is told once: an edit that mentions somebody anew is told anew.
    private struct Told: Hashable {
        let user: UserID
        let room: RoomID
        let event: SequenceNumber
    }

    private let mentions: any MentionStore
    private let sessions: SessionDirectory
    private let wakeUps: WakeUps
    private let interval: Duration
    private let overlap: Duration
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    private static let page = 1000

    /// - Parameters:
    ///   - wakeUps: Rung when something was committed here that mentions somebody.
    ///   - interval: Between two looks; the delay of another hub's mentions.
    ///   - overlap: As that of `ChangeFeed`.
    package init(
        mentions: any MentionStore,
        sessions: SessionDirectory,
        wakeUps: WakeUps,
        interval: Duration = .milliseconds(500),
        overlap: Duration = .seconds(10),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.mentions = mentions
        self.sessions = sessions
        self.wakeUps = wakeUps
        self.interval = interval
        self.overlap = overlap
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    while !Task.isCancelled {
                        try? await Task.sleep(for: interval)
                        wakeUps.wake()
                    }
                }
                await look()
                group.cancelAll()
            }
        }
    }

    private func look() async {
        var since = now()
        var told: Set<Told> = []
        for await _ in wakeUps.stream {
            let start = now()
            do {
                let found = try await mentions(since: since - overlap)
                for (key, mention) in found where !told.contains(key) { sessions.tell(mention) }
                told = Set(found.keys)
                since = start
            } catch is CancellationError {
                return
            } catch {
                logger.debug("the store is away; looking again later", metadata: ["error": "\(error)"])
            }
        }
    }

    /// All of them, read page by page.
    private func mentions(since: Timestamp) async throws -> [Told: Mention] {
        var found: [Told: Mention] = [:]
        var (start, limit) = (since, Self.page)
        while true {
            let page = try await mentions.mentions(since: start, limit: limit)
            for mention in page {
                found[Told(user: mention.user, room: mention.room, event: mention.event)] = mention
            }
            guard page.count == limit, let last = page.last else { return found }
            // One transaction gives many the same moment: a page of one moment only leads no further.
            if last.at > start { start = last.at } else { limit *= 2 }
        }
    }
}
