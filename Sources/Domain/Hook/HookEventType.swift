/// What systems of the shop are told of: a closed set, described in `docs/webhooks.md`.
package enum HookEventType: String, Sendable, CaseIterable {
    /// A test, which goes to the one endpoint that is tested.
    case ping

    /// The customer wrote for the first time, or it is open again.
    case conversationOpened = "conversation.opened"
    case conversationAssigned = "conversation.assigned"
    case conversationClosed = "conversation.closed"
    case messageCreated = "message.created"
    case messageEdited = "message.edited"
    case messageDeleted = "message.deleted"
    case surveyAnswered = "survey.answered"

    case contactCreated = "contact.created"
    case contactUpdated = "contact.updated"
    case contactMerged = "contact.merged"
    case contactUnmerged = "contact.unmerged"
    case contactDeleted = "contact.deleted"
    case leadCreated = "lead.created"
    case leadUpdated = "lead.updated"
    case dealCreated = "deal.created"
    case dealUpdated = "deal.updated"
    case dealWon = "deal.won"
    case dealLost = "deal.lost"
    case orderCreated = "order.created"
    case orderUpdated = "order.updated"
    case orderPaid = "order.paid"
    case orderDelivered = "order.delivered"

    /// What an endpoint may ask for.
    package static let subscribable = allCases.filter { $0 != .ping }

    /// Of its body. A member more is no new version; one that goes, or that means something else, is.
    package var version: Int64 { 1 }
}
