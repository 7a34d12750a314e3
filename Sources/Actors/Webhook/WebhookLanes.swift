import Domain
import Synchronization

/// Finds the actor of a lane that is being written to; one that nobody writes to costs nothing.
final class WebhookLanes<Scribe: WebhookScribe>: Sendable {
    private struct Entry {
        let actor: WebhookLane<Scribe>
        var users: Int
    }

    private let scribe: Scribe
    private let entries = Mutex<[String: Entry]>([:])

    init(scribe: Scribe) {
        self.scribe = scribe
    }

    /// Writes items of one lane after all that came for it before.
    ///
    /// - Parameter lane: As `WebhookItem.lane` names it; nil where order does not matter.
    func take(_ items: [Scribe.Item], lane: String?) async -> [WebhookEnding] {
        guard let lane else { return await WebhookLane(scribe: scribe).take(items) }
        let actor = entries.withLock { entries in
            let actor = entries[lane]?.actor ?? WebhookLane(scribe: scribe)
            entries[lane, default: Entry(actor: actor, users: 0)].users += 1
            return actor
        }
        let endings = await actor.take(items)
        entries.withLock { entries in
            entries[lane]?.users -= 1
            if entries[lane]?.users == 0 { entries[lane] = nil }
        }
        return endings
    }
}
