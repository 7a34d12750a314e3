package import Domain
package import Logging

/// What sessions are given to work with; one for all of them.
package final class SessionEnvironment: Sendable {
    let log: any RoomStore
    let conversations: any ConversationStore
    let users: any UserStore
    let teams: any TeamStore
    let attachments: any AttachmentStore
    let inbox: InboxActor
    let routing: RoutingBoard
    let help: HelpDesk
    let limits: PersonLimits
    /// Whether there is an assistant that conversations can be handed back to.
    let hasAssistant: Live<Bool>
    let now: @Sendable () -> Timestamp
    let logger: Logger

    package init(
        log: any RoomStore,
        conversations: any ConversationStore,
        users: any UserStore,
        teams: any TeamStore,
        attachments: any AttachmentStore,
        inbox: InboxActor,
        routing: RoutingBoard,
        help: HelpDesk = HelpDesk(),
        limits: PersonLimits,
        hasAssistant: Live<Bool> = Live(always: false),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.log = log
        self.conversations = conversations
        self.users = users
        self.teams = teams
        self.attachments = attachments
        self.inbox = inbox
        self.routing = routing
        self.help = help
        self.limits = limits
        self.hasAssistant = hasAssistant
        self.now = now
        self.logger = logger
    }
}

/// Bounds of one person and their connections.
package struct PersonLimits: Sendable, Equatable {
    /// Browser tabs and devices of one person.
    package var maxConnectionsPerPerson = 8
    package var maxRoomsPerConnection = 256
    /// Durable writes at once before the bucket is empty.
    package var writeBurst = 60.0
    /// Durable writes that flow back per second.
    package var writesPerSecond = 10.0
    /// Visitors newly made from one address at once: each is a conversation for ever.
    package var newVisitorBurst = 60.0
    package var newVisitorsPerMinute = 60.0
    /// Frames of one connection that may wait for an earlier one.
    package var maxWaitingFrames = 256
    /// Events in the join replies within an `auth` reply.
    package var defaultJoinLimit = 200
    /// How far a watermark lies back: longer than any transaction takes and than clocks of hubs differ.
    package var watermarkOverlap: Duration = .seconds(15)

    package init() {}
}
