package import Domain
package import Logging
import ServiceLifecycle
import Synchronization
import Wire

/// Tells connected staff which conversations changed.
///
/// Changes are gathered for a moment, read in one go, and sent as the newest summary of each conversation:
/// a busy conversation costs one line per `gathering`, not one per message.
package final class InboxActor: Service {
    private struct State {
        var changed: Set<RoomID> = []
        var subscribers: [ConnectionID: Subscriber] = [:]
        /// What was told last, so that a change seen twice is told once.
        var told: [RoomID: Timestamp] = [:]
    }

    private struct Subscriber {
        let connection: ConnectionHandle
        /// What they see now; nil for all.
        let sight: @Sendable () -> TeamSight?
    }

    private let conversations: any ConversationStore
    private let gathering: Duration
    private let logger: Logger
    private let state = Mutex(State())
    private let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation

    /// - Parameter gathering: How long changes are gathered before they are told.
    package init(conversations: any ConversationStore, gathering: Duration = .milliseconds(50), logger: Logger) {
        self.conversations = conversations
        self.gathering = gathering
        self.logger = logger
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Something a summary shows has changed; a side room stands for its conversation.
    package func noteChange(of room: RoomID) {
        let isWanted = state.withLock { state in
            guard !state.subscribers.isEmpty else { return false }
            state.changed.insert(room)
            return true
        }
        if isWanted { wakeUp.yield() }
    }

    /// - Parameter sight: What they see whenever it is asked; nil for all.
    func subscribe(_ connection: ConnectionHandle, _ sight: @escaping @Sendable () -> TeamSight?) {
        let subscriber = Subscriber(connection: connection, sight: sight)
        let isNew = state.withLock { $0.subscribers.updateValue(subscriber, forKey: connection.id) == nil }
        guard isNew else { return }
        let subscription = Subscription(topic: .inbox, audience: .staff, upTo: .zero)
        connection.lane.post(.subscribe(connection.socket, subscription, frame: nil))
    }

    func unsubscribe(_ connection: ConnectionID) {
        state.withLock { state in
            state.subscribers[connection] = nil
            if state.subscribers.isEmpty { state.told = [:] }
        }
    }

    /// Tells until shutdown.
    package func run() async throws {
        await withGracefulShutdownHandler {
            for await _ in wakeUps {
                try? await Task.sleep(for: gathering)
                await tell()
            }
        } onGracefulShutdown: {
            self.wakeUp.finish()
        }
    }

    private func tell() async {
        let changed = state.withLock { state in
            defer { state.changed = [] }
            return Array(state.changed)
        }
        guard !changed.isEmpty else { return }
        do {
            for summary in try await conversations.summaries(of: changed) { publish(summary) }
        } catch {
            logger.warning("could not read changed conversations", metadata: ["error": "\(error)"])
            state.withLock { $0.changed.formUnion(changed) }
            try? await Task.sleep(for: .seconds(1))
            wakeUp.yield()
        }
    }

    private func publish(_ summary: ConversationSummary) {
        let room = summary.room.id
        let subscribers = state.withLock { state -> [Subscriber] in
            // A read marker changes a summary without a new moment, so only older ones are stale.
            if let told = state.told[room], told > summary.changedAt { return [] }
            state.told[room] = summary.changedAt
            return Array(state.subscribers.values)
        }
        guard !subscribers.isEmpty else { return }
        let push = EncodedPush(same: PushEncoder.conversation(summary))
        let seeing = subscribers.filter { $0.sight()?.sees(summary.conversation) ?? true }
        guard seeing.count == subscribers.count else {
            // What goes to a topic goes to all of it.
            for subscriber in seeing { subscriber.connection.send(push[.staff]) }
            return
        }
        let publication = Publication(topic: .inbox, .latest(push, key: "conv/\(room)"))
        var lanes: Set<ObjectIdentifier> = []
        for lane in subscribers.map(\.connection.lane) where lanes.insert(ObjectIdentifier(lane)).inserted {
            lane.post(.publish(publication))
        }
    }
}
