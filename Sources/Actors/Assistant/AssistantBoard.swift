import Domain
import Synchronization

/// What rooms of this hub tell the assistant.
///
/// Nothing here waits: rooms publish on their lane, and answers are written elsewhere.
package final class AssistantBoard: Sendable {
    private let listeners = Mutex<[RoomID: @Sendable (RoomEvent) -> Void]>([:])
    let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation

    package init() {
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Somebody may wait for an answer.
    func wake() {
        wakeUp.yield()
    }

    /// Events of a conversation, in the order of its log.
    func published(_ events: [RoomEvent], in room: RoomID) {
        guard let listener = listeners.withLock({ $0[room] }) else { return }
        for event in events { listener(event) }
    }

    /// Tells of what happens in a room, until `ignore`.
    func listen(to room: RoomID, _ hear: @escaping @Sendable (RoomEvent) -> Void) {
        listeners.withLock { $0[room] = hear }
    }

    func ignore(_ room: RoomID) {
        listeners.withLock { $0[room] = nil }
    }
}
