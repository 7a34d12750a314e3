/// One recipient at one of our numbers or mailboxes: what is owed to them leaves in order, one at a time.
package struct OutboxLane: Sendable, Hashable, CustomStringConvertible {
    package let channel: OutboxChannel
    /// The sender: the number by its id at the provider, or the address of the mailbox.
    package let number: String
    /// The recipient's name within the channel; an address that changes is no part of it.
    package let recipient: String

    package init(channel: OutboxChannel, number: String, recipient: String) {
        self.channel = channel
        self.number = number
        self.recipient = recipient
    }

    package var description: String { "\(channel.rawValue)/\(number)/\(recipient)" }
}
