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

    /// One phone.
    package static func sms(to phone: String) -> OutboxLane {
        OutboxLane(channel: .sms, number: "sms", recipient: phone)
    }

    /// All that goes to the channel of the shop's colleagues.
    package static let slack = OutboxLane(channel: .slack, number: "slack", recipient: "alerts")

    /// One appointment.
    package static func calendar(_ callback: CallbackID) -> OutboxLane {
        OutboxLane(channel: .calendar, number: "google_calendar", recipient: callback.text)
    }

    /// One delivery to a system of the shop: none waits for another. The system is the number that has a pace.
    package static func hook(_ delivery: HookDeliveryID, to endpoint: HookEndpointID) -> OutboxLane {
        OutboxLane(channel: .hook, number: endpoint.text, recipient: delivery.text)
    }

    package var description: String { "\(channel.rawValue)/\(number)/\(recipient)" }
}
