/// Through what something leaves.
package enum OutboxChannel: String, Sendable, CaseIterable {
    case whatsapp, mail
}
