package import Domain
import Synchronization
import Wire

/// Finds the actor of a room, making it when it is needed; rooms nobody uses cost nothing.
package final class RoomDirectory: RoomGateway, MetricSource {
    private let rooms = Mutex<[RoomID: RoomActor]>([:])
    private let lanes: [any ExecutionLane]
    private let environment: RoomEnvironment
    private let sessions: SessionDirectory

    /// - Parameter lanes: Where rooms live that no socket asked for first; not empty.
    package init(lanes: [any ExecutionLane], environment: RoomEnvironment, sessions: SessionDirectory) {
        precondition(!lanes.isEmpty, "a room needs a lane to live on")
        self.lanes = lanes
        self.environment = environment
        self.sessions = sessions
    }

    /// - Parameter lane: Where a new actor should live: beside the socket that asks.
    func room(_ id: RoomID, near lane: (any ExecutionLane)? = nil) -> RoomActor {
        rooms.withLock { rooms in
            if let actor = rooms[id] { return actor }
            let home = lane ?? lanes[Int(id.hashValue.magnitude % UInt(lanes.count))]
            let actor = RoomActor(id: id, lane: home, environment: environment, directory: self)
            rooms[id] = actor
            return actor
        }
    }

    /// The actor, if it is loaded.
    func loadedRoom(_ id: RoomID) -> RoomActor? {
        rooms.withLock { $0[id] }
    }

    package var loadedCount: Int {
        rooms.withLock { $0.count }
    }

    package func families() -> [MetricFamily] {
        [
            .gauge("hub_rooms_loaded", "Rooms in memory.", Double(loadedCount)),
            .gauge("hub_people_connected", "People with a session.", Double(sessions.connectedPeople)),
        ]
    }

    func forget(_ actor: RoomActor) {
        rooms.withLock { rooms in
            if rooms[actor.id] === actor { rooms[actor.id] = nil }
        }
    }

    /// Lets rooms go that nobody has used for a while.
    func retireIdle(at now: Timestamp) {
        for actor in rooms.withLock({ Array($0.values) }) {
            actor.tell { $0.retireIfIdle(at: now) }
        }
    }

    // MARK: RoomGateway

    package func append(_ draft: Draft, to room: RoomID) async throws -> WriteReceipt {
        try await withCheckedThrowingContinuation { continuation in
            self.room(room).tell { $0.write(draft, continuation) }
        }
    }

    package func appended(upTo head: SequenceNumber, in room: RoomID) {
        loadedRoom(room)?.tell { $0.headSeen(head) }
        // A room that is not loaded publishes nothing, and its line in the inbox changed all the same.
        environment.inbox.noteChange(of: room)
    }

    package func authorize(_ principal: Principal, in room: RoomID) async throws {
        // A visitor's rooms are known without a look; nobody may make the hub load rooms by guessing ids.
        if case .visitor(let visitor) = principal, visitor.room != room {
            throw HubError.forbidden("this room is not yours")
        }
        let actor = self.room(room)
        let refusal: HubError? = try await withCheckedThrowingContinuation { continuation in
            actor.tell { actor in
                actor.whenLoaded { actor, loaded in
                    continuation.resume(with: loaded.map { actor.refusal(of: principal) })
                }
            }
        }
        if let refusal { throw refusal }
        guard case .staff(let user) = principal, let sight = environment.routing.sight(of: user),
            let conversation = try await conversation(around: room)
        else { return }
        guard sight.sees(conversation) else { throw RoomAccess.otherTeam }
    }

    /// The conversation that a room or its parent is; nil for internal rooms.
    func conversation(around room: RoomID) async throws -> Conversation? {
        guard let found = try await environment.rooms.room(room) else { return nil }
        guard let parent = found.parent else { return found.conversation }
        return try await environment.rooms.room(parent)?.conversation
    }

    /// Shows out of all rooms who does not see their conversations any more.
    func checkSight() {
        for actor in rooms.withLock({ Array($0.values) }) { actor.tell { $0.checkSight() } }
    }

    package func head(
        of room: RoomID,
        beyond seq: SequenceNumber,
        within timeout: Duration
    ) async throws -> SequenceNumber {
        let wait = HeadWait(beyond: seq)
        let actor = self.room(room)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                actor.tell { actor in
                    actor.awaitHead(wait, within: timeout) { continuation.resume(with: $0) }
                }
            }
        } onCancel: {
            wait.giveUp()
            actor.tell { $0.endWait(wait) }
        }
    }

    package func markRead(
        upTo seq: SequenceNumber,
        by reader: Participant,
        isTyping: Bool,
        in room: RoomID
    ) async throws -> SequenceNumber {
        let outcome = try await environment.rooms.markRead(room, by: reader, upTo: seq)
        self.room(room).tell { actor in
            actor.whenLoaded { actor, _ in
                if outcome.didRise { actor.markerRose(reader, to: outcome.marker) }
                if isTyping { actor.showTyping(by: reader) }
            }
        }
        return outcome.marker
    }

    package func announce(_ room: Room, to members: [UserID]?) async {
        sessions.broadcast(PushEncoder.room(room), toStaff: members)
    }
}
