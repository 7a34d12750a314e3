import Actors
import Domain
import Storage
import Transport

/// Rooms, sessions and sockets: what a message passes on its way.
struct MessagingParts {
    let inbox: InboxActor
    let commits: GroupCommit
    let sessions: SessionDirectory
    let sockets: SocketSettings
    let lanes: LaneSet
    let rooms: RoomDirectory
    let feed: ChangeFeed
    let mentions: MentionBell
    let routing: RoutingActor
    let assistants = AssistantBoard()
    let help: HelpDesk
    /// Tells this process from others in logs, `hello` and the database.
    let node = Self.nodeName()
    /// Rings when something may be owed to a channel outside.
    let owed = WakeUps()

    /// Throws `unavailable` when the database cannot be asked for its epoch.
    init(
        _ hub: HubContext,
        _ gatekeeper: Gatekeeper,
        _ whatsApp: WhatsAppAccount,
        _ model: ModelAccount
    ) async throws {
        let (limits, stores) = (hub.limits, hub.stores)
        let board = RoutingBoard(presenceGrace: limits.presenceGrace)
        let mentioned = WakeUps()
        help = HelpDesk(
            HelpEnvironment(
                model: model.now,
                ledger: model.ledger,
                log: stores.rooms,
                settings: hub.hours,
                now: hub.now,
                logger: hub.logger
            ))
        inbox = InboxActor(conversations: stores.conversations, logger: hub.logger)
        commits = GroupCommit(
            store: stores.rooms,
            maxDrafts: limits.maxDraftsPerCommit,
            // SQLite has one writer. One of PostgreSQL's stays free for what is no append.
            maxInFlight: stores.dialect == .postgres ? max(1, limits.postgresWriters - 1) : 1,
            pace: CommitPace(gather: limits.commitGather),
            committed: { [owed] in if $0.contains(where: \.mayOwe) { owed.wake() } },
            logger: hub.logger
        )
        sessions = SessionDirectory(
            gatekeeper: gatekeeper,
            environment: SessionEnvironment(
                log: stores.rooms,
                conversations: stores.conversations,
                users: stores.users,
                teams: stores.teams,
                attachments: stores.attachments,
                inbox: inbox,
                routing: board,
                help: help,
                limits: PersonLimits(limits),
                hasAssistant: model.isThere,
                now: hub.now,
                logger: hub.logger
            )
        )
        sockets = SocketSettings(
            limits, sessions: sessions, node: node, epoch: try await stores.health.epoch(), now: hub.now)
        lanes = LaneSet(group: hub.group, settings: sockets)
        rooms = RoomDirectory(
            lanes: lanes.lanes,
            environment: RoomEnvironment(
                rooms: stores.rooms,
                conversations: stores.conversations,
                commits: commits,
                inbox: inbox,
                templates: whatsApp.templates,
                signs: whatsApp.signs,
                routing: board,
                assistants: assistants,
                help: help,
                mentioned: mentioned,
                limits: RoomLimits(limits),
                now: hub.now,
                logger: hub.logger
            ),
            sessions: sessions
        )
        sessions.connect(to: rooms)
        routing = RoutingActor(
            store: stores.routing,
            board: board,
            rooms: rooms,
            sessions: sessions,
            hub: node,
            doorman: model.doorman,
            limits: RoutingLimits(limits),
            now: hub.now,
            logger: hub.logger
        )
        sessions.connect(to: routing)
        try await routing.prepare()
        feed = ChangeFeed(
            rooms: stores.rooms,
            conversations: stores.conversations,
            users: stores.users,
            directory: rooms,
            sessions: sessions,
            inbox: inbox,
            interval: limits.pollInterval,
            now: hub.now,
            logger: hub.logger
        )
        mentions = MentionBell(
            mentions: stores.mentions,
            sessions: sessions,
            wakeUps: mentioned,
            interval: limits.pollInterval,
            now: hub.now,
            logger: hub.logger
        )
    }

    private static func nodeName() -> String {
        "n_" + String(UInt32.random(in: .min ... .max), radix: 36)
    }
}

extension AppendResult {
    /// Whether something may have to leave for a channel outside now.
    fileprivate var mayOwe: Bool { room?.conversation?.channel == .whatsapp }
}
