import Domain
import Synchronization

/// Finds the actor of a conversation that is being written to; one that nobody writes to costs nothing.
final class WhatsAppConversations: Sendable {
    private struct Entry {
        let actor: WhatsAppConversation
        var users: Int
    }

    private let scribe: WhatsAppScribe
    private let entries = Mutex<[String: Entry]>([:])

    init(scribe: WhatsAppScribe) {
        self.scribe = scribe
    }

    /// Writes items of one conversation after all that came for it before.
    ///
    /// - Parameter lane: As `WhatsAppItem.lane` names it; nil where order does not matter.
    func take(_ items: [WhatsAppItem], lane: String?) async -> [WhatsAppConversation.Ending] {
        guard let lane else { return await WhatsAppConversation(scribe: scribe).take(items) }
        let actor = entries.withLock { entries in
            let actor = entries[lane]?.actor ?? WhatsAppConversation(scribe: scribe)
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
