package import Domain
package import Logging

/// What rooms are given to work with; one for all of them.
package final class RoomEnvironment: Sendable {
    package let rooms: any RoomStore
    package let conversations: any ConversationStore
    package let commits: GroupCommit
    package let inbox: InboxActor
    /// What may be sent when a free text may not.
    package let templates: (any TemplateOffer)?
    /// Nil when nobody is to be shown signs outside of the hub.
    package let signs: (any CustomerSigns)?
    package let routing: RoutingBoard
    package let assistants: AssistantBoard
    package let help: HelpDesk
    /// Rung when something was committed that mentions a member of staff.
    package let mentioned: WakeUps
    package let limits: RoomLimits
    package let now: @Sendable () -> Timestamp
    package let logger: Logger

    package init(
        rooms: any RoomStore,
        conversations: any ConversationStore,
        commits: GroupCommit,
        inbox: InboxActor,
        templates: (any TemplateOffer)? = nil,
        signs: (any CustomerSigns)? = nil,
        routing: RoutingBoard,
        assistants: AssistantBoard = AssistantBoard(),
        help: HelpDesk = HelpDesk(),
        mentioned: WakeUps = WakeUps(),
        limits: RoomLimits,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.rooms = rooms
        self.conversations = conversations
        self.commits = commits
        self.inbox = inbox
        self.templates = templates
        self.signs = signs
        self.routing = routing
        self.assistants = assistants
        self.help = help
        self.mentioned = mentioned
        self.limits = limits
        self.now = now
        self.logger = logger
    }
}
