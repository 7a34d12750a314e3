package import Actors
package import Domain

/// What the resources of the inbox's own tools need.
package struct DeskResources: Sendable {
    package let cannedReplies: any CannedReplyStore
    package let conversations: any ConversationStore
    package let teams: any TeamStore
    package let gateway: any RoomGateway
    package let hours: HoursBook

    package init(
        cannedReplies: any CannedReplyStore,
        conversations: any ConversationStore,
        teams: any TeamStore,
        gateway: any RoomGateway,
        hours: HoursBook
    ) {
        self.cannedReplies = cannedReplies
        self.conversations = conversations
        self.teams = teams
        self.gateway = gateway
        self.hours = hours
    }

    var groups: [any EndpointGroup] {
        [
            CannedReplyRoutes(
                replies: cannedReplies, conversations: conversations, teams: teams, gateway: gateway, hours: hours)
        ]
    }
}
