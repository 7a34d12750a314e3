/// What somebody knew of a conversation when they wrote; a write that no longer fits is refused with `conflict`.
package struct WriteBasis: Sendable, Equatable {
    /// The last message its author saw; nil when they do not say.
    package let seen: SequenceNumber?
    /// Changes of owner that they knew of; nil when they do not say.
    package let epoch: Int64?

    package init(seen: SequenceNumber? = nil, epoch: Int64? = nil) {
        self.seen = seen
        self.epoch = epoch
    }

    package static let unsaid = WriteBasis()
}
