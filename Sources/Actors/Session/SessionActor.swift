package import Domain
import NIOCore
package import Wire

/// One person who is connected, with all their connections: a visitor or a member of staff.
///
/// Checks what this person may ask for and hands it to the room concerned. Pinned to the lane of the first
/// connection, so that a frame usually reaches its room without a hop.
package actor SessionActor {
    struct Link {
        let connection: ConnectionHandle
        /// Which login this connection belongs to; nil for visitors.
        var family: SessionID?
        /// The actors that were asked to let it in. What follows goes the same way, so that nothing overtakes the
        /// join: an actor that was let go meanwhile hands everything on to its successor.
        var rooms = SmallDictionary<RoomID, RoomActor>()
        var presence = PresenceState.online
        /// Frames that wait for one before them which must look something up first.
        var isResolving = false
        var waiting: [(command: ClientCommand, id: Int64?)] = []
    }

    package nonisolated let key: SessionKey
    nonisolated let lane: any ExecutionLane
    package nonisolated var unownedExecutor: UnownedSerialExecutor { lane.executor.asUnownedSerialExecutor() }

    nonisolated let sessions: SessionDirectory
    nonisolated let rooms: RoomDirectory
    nonisolated var environment: SessionEnvironment { sessions.environment }
    private(set) var principal: Principal
    var links = SmallDictionary<ConnectionID, Link>()
    private var bucket: TokenBucket
    private var isRetired = false

    init(principal: Principal, lane: any ExecutionLane, sessions: SessionDirectory, rooms: RoomDirectory) {
        key = SessionKey(principal)
        self.principal = principal
        self.lane = lane
        self.sessions = sessions
        self.rooms = rooms
        let environment = sessions.environment
        bucket = TokenBucket(
            capacity: environment.limits.writeBurst,
            refillPerSecond: environment.limits.writesPerSecond,
            at: environment.now()
        )
    }

    /// Runs `work` on this actor: at once on its own lane, otherwise in the order of the calls.
    nonisolated func tell(_ work: @escaping @Sendable (isolated SessionActor) -> Void) {
        if lane.isCurrent {
            assumeIsolated(work)
        } else {
            lane.execute { self.assumeIsolated(work) }
        }
    }

    // MARK: Called by sockets

    /// A frame after `auth`, in the order of its connection.
    package nonisolated func receive(_ command: ClientCommand, id: Int64?, from connection: ConnectionID) {
        tell { $0.enqueue(command, id: id, from: connection) }
    }

    package nonisolated func disconnected(_ connection: ConnectionID) {
        tell { $0.detach(connection) }
    }

    // MARK: Connections

    /// Takes a connection in and joins the rooms it names; false when this actor was given up meanwhile.
    func attach(_ request: AttachRequest) -> Bool {
        guard !isRetired else { return false }
        principal = request.principal
        guard links.count < environment.limits.maxConnectionsPerPerson else {
            request.connection.close(.tooManyConnections)
            return true
        }
        links[request.connection.id] = Link(connection: request.connection, family: request.family)
        if case .staff(let user) = principal { environment.routing.joined(request.connection.id, user) }
        request.connection.lane.post(.cork(request.connection.socket))
        let gathering = AuthReplyGathering(request: request, session: self)
        let rooms = request.roomsToJoin
        gathering.expect(rooms.count)
        for (room, seq) in rooms {
            let join = JoinRequest(
                connection: request.connection,
                principal: principal,
                presence: .online,
                position: .after(seq),
                limit: environment.limits.defaultJoinLimit,
                answer: .part { gathering.took(room, $0) }
            )
            admit(join, to: room)
        }
        return true
    }

    /// A new token for a live connection.
    func refresh(_ request: AttachRequest) {
        guard links[request.connection.id] != nil else { return }
        principal = request.principal
        links[request.connection.id]?.family = request.family
        AuthReplyGathering(request: request, session: self).expect(0)
    }

    private func detach(_ connection: ConnectionID) {
        guard let link = links.removeValue(forKey: connection) else { return }
        for room in link.rooms.values { room.tell { $0.leave(connection) } }
        if case .staff(let user) = principal {
            environment.inbox.unsubscribe(connection)
            environment.routing.left(connection, user, at: environment.now())
        }
        if links.isEmpty {
            isRetired = true
            sessions.forget(self)
        }
    }

    /// The account changed: who is disabled or may do other things than before is shown the door.
    func accountChanged(_ user: User) {
        let hasOtherRole = if case .staff(let known) = principal { known.role != user.role } else { false }
        principal = .staff(user)
        environment.routing.requestTurn()
        if user.isDisabled || hasOtherRole { closeAll(.revoked) }
    }

    func closeAll(_ reason: DisconnectReason) {
        for link in links.values { link.connection.close(reason) }
    }

    /// Ends the connections of one login.
    func close(family: SessionID, _ reason: DisconnectReason) {
        for link in links.values where link.family == family { link.connection.close(reason) }
    }

    /// Ends the connections of all logins but one.
    func close(otherThan family: SessionID?, _ reason: DisconnectReason) {
        for link in links.values where link.family != family || family == nil { link.connection.close(reason) }
    }

    func broadcast(_ frame: ByteBuffer) {
        for link in links.values { link.connection.send(frame) }
    }

    // MARK: Frames

    private func enqueue(_ command: ClientCommand, id: Int64?, from connection: ConnectionID) {
        guard let link = links[connection] else { return }
        guard link.isResolving else {
            handle(command, id: id, link)
            return
        }
        guard link.waiting.count < environment.limits.maxWaitingFrames else {
            link.connection.refuse(.busy("earlier frames are still being worked on"), id: id)
            return
        }
        links[connection]?.waiting.append((command, id))
    }

    private func handle(_ command: ClientCommand, id: Int64?, _ link: Link) {
        let connection = link.connection
        switch command {
        case .authenticate, .ping:
            // The socket answers these itself.
            break
        case .join(let room, let position, let limit):
            join(room, position, limit: limit, id: id, link)
        case .leave(let room):
            links[connection.id]?.rooms.removeValue(forKey: room)?.tell { $0.leave(connection.id) }
            if let id { connection.send(Reply.empty(id)) }
        case .write(let room, let mid, let request, let basis):
            if let wait = bucket.take(1, at: environment.now()) {
                let error = HubError(.rateLimited, "too many messages: slow down", retryAfter: wait)
                connection.refuse(error, id: id)
                return
            }
            write(request, basis, mid: mid, to: room, id: id, link)
        case .read(let room, let seq):
            joined(link, room, id)?.tell { $0.markRead(seq, by: connection, id: id) }
        case .typing(let room, let isOn):
            guard let actor = joined(link, room, id) else { return }
            actor.tell { $0.setTyping(isOn, connection.id) }
            if let id { connection.send(Reply.empty(id)) }
        case .answerOffer(let room, let accepts):
            answerOffer(of: room, accepts: accepts, id: id, connection)
        case .transfer(let room, let request):
            transfer(room, request, id: id, connection)
        case .cancel(let run):
            cancel(run, id: id, link)
        case .help(let request):
            help(request, id: id, link)
        case .stopHelp(let help):
            stop(help, id: id, connection)
        case .presence(let state):
            setPresence(state, id: id, link)
        case .history(let room, let page):
            history(of: room, page, id: id, link)
        case .inbox(let request):
            inbox(request, id: id, connection)
        case .search(let query, let room, let limit):
            search(query, in: room, limit: limit, id: id, connection)
        }
    }

    private func join(_ room: RoomID, _ position: JoinPosition, limit: Int, id: Int64?, _ link: Link) {
        guard link.rooms[room] != nil || link.rooms.count < environment.limits.maxRoomsPerConnection else {
            let error = HubError(.tooLarge, "too many rooms on this connection: leave one first")
            link.connection.refuse(error, id: id)
            return
        }
        let request = JoinRequest(
            connection: link.connection,
            principal: principal,
            presence: link.presence,
            position: position,
            limit: limit,
            answer: .reply(id: id)
        )
        admit(request, to: room)
    }

    /// Whoever sees only what their teams have is let in after a look at the conversation; what they send meanwhile
    /// waits.
    private func admit(_ request: JoinRequest, to room: RoomID) {
        guard case .staff(let user) = principal, environment.routing.sight(of: user) != nil else {
            dispatch(request, to: room)
            return
        }
        let principal = principal
        resolve(request.connection, orRefuse: request.refuse) { [self] in
            try await rooms.authorize(principal, in: room)
            dispatch(request, to: room)
        }
    }

    /// A visitor's rooms are known here: others are refused without loading anything.
    private func dispatch(_ request: JoinRequest, to room: RoomID) {
        if case .visitor(let visitor) = principal, visitor.room != room {
            request.refuse(.forbidden("this room is not yours"))
            return
        }
        let actor = rooms.room(room, near: request.connection.execution)
        links[request.connection.id]?.rooms[room] = actor
        actor.tell { $0.join(request) }
    }

    /// The actor of a room this connection asked to join; refuses otherwise.
    func joined(_ link: Link, _ room: RoomID, _ id: Int64?) -> RoomActor? {
        if let actor = link.rooms[room] { return actor }
        if case .visitor(let visitor) = principal, visitor.room != room {
            link.connection.refuse(.forbidden("this room is not yours"), id: id)
            return nil
        }
        link.connection.refuse(HubError(.notJoined, "join this room first"), id: id)
        return nil
    }

    private func setPresence(_ state: PresenceState, id: Int64?, _ link: Link) {
        let connection = link.connection
        links[connection.id]?.presence = state
        if case .staff(let user) = principal { environment.routing.changed(connection.id, user, to: state) }
        for room in link.rooms.values { room.tell { $0.setPresence(state, of: connection.id) } }
        guard let id else { return }
        connection.send(
            Reply.ok(id) { writer in
                writer.beginObject()
                writer.key("state")
                writer.string(state.rawValue)
                writer.endObject()
            })
    }

    // MARK: Frames that must look something up

    /// Keeps later frames of a connection waiting, so that they cannot overtake.
    func beginResolving(_ connection: ConnectionID) {
        links[connection]?.isResolving = true
    }

    func endResolving(_ connection: ConnectionID) {
        links[connection]?.isResolving = false
        while let link = links[connection], !link.isResolving, let next = link.waiting.first {
            links[connection]?.waiting.removeFirst()
            handle(next.command, id: next.id, link)
        }
    }
}
