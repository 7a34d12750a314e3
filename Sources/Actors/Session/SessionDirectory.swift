package import Domain
import NIOCore
import Synchronization
package import Wire

/// Finds the actor of a connected person, and lets sockets in.
package final class SessionDirectory: Sendable {
    let environment: SessionEnvironment
    private let sessions = Mutex<[SessionKey: SessionActor]>([:])
    /// Nil until `connect`: the two directories know each other.
    private let rooms = Mutex<RoomDirectory?>(nil)
    /// Nil until `connect`, as `rooms`.
    private let router = Mutex<RoutingActor?>(nil)
    private let newVisitors: Mutex<KeyedBuckets<NetworkAddress?>>
    private let gatekeeper: Gatekeeper

    package init(gatekeeper: Gatekeeper, environment: SessionEnvironment) {
        self.gatekeeper = gatekeeper
        self.environment = environment
        let limits = environment.limits
        newVisitors = Mutex(
            KeyedBuckets(
                capacity: limits.newVisitorBurst,
                refillPerSecond: limits.newVisitorsPerMinute / 60,
                maxKeys: 20_000
            ))
    }

    /// Rooms and sessions know each other; composition calls this once, before the first connection.
    package func connect(to directory: RoomDirectory) {
        rooms.withLock { $0 = directory }
    }

    /// Composition calls this once, before the first connection.
    package func connect(to routing: RoutingActor) {
        router.withLock { $0 = routing }
    }

    var routing: RoutingActor? { router.withLock { $0 } }

    // MARK: Letting sockets in

    /// Checks what an `auth` brings and answers through the lane: `accepted`, or a refusal and its end.
    ///
    /// - Parameter live: The session the socket has already: then the token is only renewed.
    package func authenticate(
        _ request: AuthenticationRequest,
        id: Int64?,
        as entrance: Entrance,
        _ connection: ConnectionHandle,
        live: SessionActor?
    ) {
        Task { @concurrent in
            do {
                let maxRooms = environment.limits.maxRoomsPerConnection
                guard request.rooms.count <= maxRooms else {
                    throw HubError(.tooLarge, "rooms names more than \(maxRooms) rooms")
                }
                let identity = try await identity(of: request, entrance, connection)
                let attach = AttachRequest(
                    connection: connection, identity: identity, rooms: request.rooms, replyID: id)
                try self.attach(attach, live: live)
            } catch let error as WrongSignature {
                connection.lane.post(.rejected(connection.socket, error.told, id: id, closing: nil))
            } catch {
                let told = HubError(reporting: error, to: environment.logger)
                // A token that is no good will not get better.
                let closing: DisconnectReason? = told.code == .unauthorized ? .badToken : nil
                connection.lane.post(.rejected(connection.socket, told, id: id, closing: closing))
            }
        }
    }

    private func identity(
        of request: AuthenticationRequest,
        _ entrance: Entrance,
        _ connection: ConnectionHandle
    ) async throws -> AttachRequest.Identity {
        switch entrance {
        case .staff:
            guard let token = request.token else { throw HubError.badRequest("token is missing: sign in first") }
            let (user, claims) = try await gatekeeper.staff(accessToken: token)
            let expiresIn = claims.expiresAt - environment.now()
            return .staff(user, family: claims.family, expiresAt: claims.expiresAt, expiresIn: expiresIn)
        case .visitor:
            let pass =
                if let token = request.token {
                    try await gatekeeper.welcomeBack(
                        token: token, profile: request.profile, identity: request.identity)
                } else {
                    try await welcome(request, from: connection.address)
                }
            if request.token == nil || !request.profile.isEmpty { environment.inbox.noteChange(of: pass.visitor.room) }
            return .visitor(pass.visitor, token: pass.token)
        }
    }

    private func welcome(_ request: AuthenticationRequest, from address: NetworkAddress?) async throws -> NewcomerPass {
        if let wait = newVisitors.withLock({ $0.take(for: address?.network, at: environment.now()) }) {
            throw HubError(.rateLimited, "too many new visitors from this address", retryAfter: wait)
        }
        return try await gatekeeper.welcome(profile: request.profile, identity: request.identity)
    }

    private func attach(_ request: AttachRequest, live: SessionActor?) throws {
        let key = SessionKey(request.principal)
        if let live {
            guard live.key == key else { throw HubError.forbidden("this connection belongs to somebody else") }
            live.tell { $0.refresh(request) }
            return
        }
        hand(request)
    }

    private func hand(_ request: AttachRequest) {
        session(for: request).tell { session in
            // The last connection of that person may have just gone: then a new actor takes over.
            if !session.attach(request) { self.hand(request) }
        }
    }

    // MARK: Looking up

    private func session(for request: AttachRequest) -> SessionActor {
        guard let rooms = rooms.withLock({ $0 }) else {
            preconditionFailure("composition connects the directories before the first socket is accepted")
        }
        let key = SessionKey(request.principal)
        return sessions.withLock { sessions in
            if let session = sessions[key] { return session }
            let session = SessionActor(
                principal: request.principal, lane: request.connection.execution, sessions: self, rooms: rooms)
            sessions[key] = session
            return session
        }
    }

    func forget(_ session: SessionActor) {
        sessions.withLock { sessions in
            if sessions[session.key] === session { sessions[session.key] = nil }
        }
    }

    package var connectedPeople: Int {
        sessions.withLock { $0.count }
    }

    /// Whether somebody has a connection to this hub.
    package func isHere(_ visitor: VisitorID) -> Bool {
        sessions.withLock { $0[.visitor(visitor)] != nil }
    }

    // MARK: Telling people

    /// Sends a frame to members of staff who are connected; nil means all of them.
    func broadcast(_ frame: ByteBuffer, toStaff users: [UserID]?) {
        let concerned = sessions.withLock { sessions in
            guard let users else {
                return sessions.values.filter { if case .staff = $0.key { true } else { false } }
            }
            return users.compactMap { sessions[.staff($0)] }
        }
        for session in concerned { session.tell { $0.broadcast(frame) } }
    }

    /// To whom it concerns, if they are connected.
    func tell(_ mention: Mention) {
        sessions.withLock { $0[.staff(mention.user)] }?.tell { $0.tell(mention) }
    }

    /// An account changed, here or through another process.
    package func accountChanged(_ user: User) {
        sessions.withLock { $0[.staff(user.id)] }?.tell { $0.accountChanged(user) }
    }

    /// A login was ended: its sockets are too.
    package func ended(_ login: StaffLogin) {
        sessions.withLock { $0[.staff(login.user)] }?.tell { $0.close(family: login.family, .revoked) }
    }

    /// All logins of somebody were ended, or all but one: their sockets are too.
    func endedLogins(of user: UserID, otherThan family: SessionID? = nil) {
        sessions.withLock { $0[.staff(user)] }?.tell { $0.close(otherThan: family, .revoked) }
    }
}

/// Which of the two socket endpoints was used.
package enum Entrance: Sendable, Hashable {
    case visitor, staff
}
