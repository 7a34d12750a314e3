/// One recipient at one of our numbers: what is owed to them leaves in order, one at a time.
package struct OutboxLane: Sendable, Hashable, CustomStringConvertible {
    package let channel: Conversation.Channel
    /// The sender, by its id at the provider.
    package let number: String
    /// The recipient's name within the channel; an address that changes is no part of it.
    package let recipient: String

    package init(channel: Conversation.Channel, number: String, recipient: String) {
        self.channel = channel
        self.number = number
        self.recipient = recipient
    }

    package var description: String { "\(channel.rawValue)/\(number)/\(recipient)" }
}
