package import Actors
package import Domain

/// What the resources of the inbox's own tools need.
package struct DeskResources: Sendable {
    package let cannedReplies: any CannedReplyStore
    package let labels: any LabelStore
    package let ratings: any RatingStore
    package let mentions: any MentionStore
    package let routing: RoutingActor
    package let rooms: any RoomStore
    package let conversations: any ConversationStore
    package let teams: any TeamStore
    package let gateway: any RoomGateway
    package let hours: HoursBook
    package let mail: MailDesk
    package let continuations: ContinuationDesk

    package init(
        cannedReplies: any CannedReplyStore,
        labels: any LabelStore,
        ratings: any RatingStore,
        mentions: any MentionStore,
        routing: RoutingActor,
        rooms: any RoomStore,
        conversations: any ConversationStore,
        teams: any TeamStore,
        gateway: any RoomGateway,
        hours: HoursBook,
        mail: MailDesk,
        continuations: ContinuationDesk
    ) {
        self.cannedReplies = cannedReplies
        self.labels = labels
        self.ratings = ratings
        self.mentions = mentions
        self.routing = routing
        self.rooms = rooms
        self.conversations = conversations
        self.teams = teams
        self.gateway = gateway
        self.hours = hours
        self.mail = mail
        self.continuations = continuations
    }

    var groups: [any EndpointGroup] {
        [
            WidgetSettingsRoute(hours: hours),
            CannedReplyRoutes(
                replies: cannedReplies, conversations: conversations, teams: teams, gateway: gateway, hours: hours),
            LabelRoutes(labels: labels, gateway: gateway),
            RatingRoutes(ratings: ratings, rooms: rooms, gateway: gateway),
            MentionRoutes(mentions: mentions, routing: routing),
            TranscriptRoutes(
                rooms: rooms, conversations: conversations, gateway: gateway, hours: hours, mail: mail),
            ContinuationRoutes(desk: continuations),
        ]
    }
}
