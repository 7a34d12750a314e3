/// Decides whether a reply of the shop still fits the conversation it was written for.
///
/// The row decides: the store locks it, reads the messages after `seen`, and asks before it appends. So an agent never
/// answers past what the customer just wrote, and the assistant never talks over a person.
package enum ReplyRule {
    /// At most so many newer messages are read and told; whoever missed more reads the conversation again.
    package static let maxTold = 50

    package struct Reply: Sendable, Equatable {
        package let author: Participant
        /// The last message its author saw; nil for a client that does not say.
        package let seen: SequenceNumber?
        /// The epoch under which it was written. The assistant must give it, others may.
        package let epoch: Int64?

        package init(author: Participant, seen: SequenceNumber?, epoch: Int64? = nil) {
            self.author = author
            self.seen = seen
            self.epoch = epoch
        }
    }

    /// A message that is there, and was not deleted.
    package struct Message: Sendable, Equatable {
        package let seq: SequenceNumber
        package let author: Participant.Kind

        package init(_ seq: SequenceNumber, by author: Participant.Kind) {
            self.seq = seq
            self.author = author
        }
    }

    package enum Outcome: Sendable, Equatable {
        case accepted
        /// The customer wrote these meanwhile, in rising order: read them, then answer again.
        case outdated([SequenceNumber])
        /// The conversation belongs to somebody else now.
        case notOwner(Ownership)
    }

    /// - Parameter newer: Messages of the room, in rising order; those up to `seen` do not matter.
    package static func decide(
        _ reply: Reply,
        newer: some Sequence<Message>,
        ownership: Ownership
    ) -> Outcome {
        if let refusal = refusal(of: reply, ownership) { return refusal }
        guard let seen = reply.seen, !reply.author.kind.isCustomer else { return .accepted }
        let missed = Array(newer.lazy.filter { $0.seq > seen && $0.author.isCustomer }.map(\.seq).prefix(maxTold))
        return missed.isEmpty ? .accepted : .outdated(missed)
    }

    private static func refusal(of reply: Reply, _ ownership: Ownership) -> Outcome? {
        switch reply.author.kind {
        case .assistant:
            return ownership.owner == .assistant && ownership.epoch == reply.epoch ? nil : .notOwner(ownership)
        case .staff:
            return reply.epoch == nil || reply.epoch == ownership.epoch ? nil : .notOwner(ownership)
        case .visitor, .contact, .system:
            return nil
        }
    }
}
