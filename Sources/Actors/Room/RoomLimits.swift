/// Bounds of one loaded room.
package struct RoomLimits: Sendable, Equatable {
    /// Events kept in memory for resumes; a reconnect after a minute of chat costs no read of the store.
    package var tailEvents = 256
    /// Drafts that may wait for a commit; more are refused as `busy`.
    package var maxQueuedDrafts = 2000
    /// Drafts in one append of one room.
    package var maxDraftsPerAppend = 256
    /// Operations that may wait while the room is loaded from the store; more are refused as `busy`.
    package var maxWaitingForLoad = 2000
    /// Bytes of events in one join reply.
    package var maxJoinBytes = 256 * 1024
    /// Events read at once when others appended.
    package var fetchPage = 500
    /// Until a read of what others appended is tried again after it failed.
    package var fetchRetry: Duration = .seconds(1)
    /// People above which presence tells only their number.
    package var maxListedPresence = 200
    package var presenceGrace: Duration = .seconds(15)
    package var typingLifetime: Duration = .seconds(6)
    /// How long a room without anybody stays loaded.
    package var idleLifetime: Duration = .seconds(60)

    package init() {}
}
