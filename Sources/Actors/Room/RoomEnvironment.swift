package import Domain
package import Logging

/// What rooms are given to work with; one for all of them.
package final class RoomEnvironment: Sendable {
    package let rooms: any RoomStore
    package let conversations: any ConversationStore
    package let commits: GroupCommit
    package let inbox: InboxActor
    package let routing: RoutingBoard
    package let limits: RoomLimits
    package let now: @Sendable () -> Timestamp
    package let logger: Logger

    package init(
        rooms: any RoomStore,
        conversations: any ConversationStore,
        commits: GroupCommit,
        inbox: InboxActor,
        routing: RoutingBoard,
        limits: RoomLimits,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.rooms = rooms
        self.conversations = conversations
        self.commits = commits
        self.inbox = inbox
        self.routing = routing
        self.limits = limits
        self.now = now
        self.logger = logger
    }
}
