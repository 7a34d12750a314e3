import Synchronization

/// What connections subscribe to: a loaded room, or the inbox.
package struct TopicKey: Sendable, Hashable {
    package let value: UInt64

    /// The summaries of all conversations.
    package static let inbox = TopicKey(value: 0)

    private static let counter = Atomic<UInt64>(1)

    /// A key that no other actor of this process has.
    package static func make() -> TopicKey {
        TopicKey(value: counter.wrappingAdd(1, ordering: .relaxed).oldValue)
    }
}
