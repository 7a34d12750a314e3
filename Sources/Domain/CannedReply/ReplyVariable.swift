/// What a canned reply may name, and what is filled in when an agent uses it.
package enum ReplyVariable: String, Sendable, CaseIterable {
    case contactName = "contact.name"
    case contactFirstName = "contact.first_name"
    case contactEmail = "contact.email"
    case contactPhone = "contact.phone"
    case agentName = "agent.name"
    case agentFirstName = "agent.first_name"
    case teamName = "team.name"
    case shopName = "shop.name"
    /// The date and the time of the next opening, as the driver writes them in the reply's language.
    case nextOpening = "hours.next_opening"
}
