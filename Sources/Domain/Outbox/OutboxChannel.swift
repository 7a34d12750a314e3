/// Through what something leaves.
package enum OutboxChannel: String, Sendable, CaseIterable {
    case whatsapp
    /// Over SMTP or SendGrid, as is set up when it leaves.
    case mail
    case sms, slack, calendar
    /// To systems of the shop's own.
    case hook
}
