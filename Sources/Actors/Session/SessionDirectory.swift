package import Domain
package import Logging
import NIOCore
import Synchronization
package import Wire

/// Finds the actor of a connected person, and lets sockets in.
package final class SessionDirectory: Sendable {
    private let sessions = Mutex<[SessionKey: SessionActor]>([:])
    /// Nil until `connect`: the two directories know each other.
    private let environment = Mutex<SessionEnvironment?>(nil)
    private let newVisitors: Mutex<KeyedBuckets<NetworkAddress?>>
    private let gatekeeper: Gatekeeper
    private let log: any RoomStore
    private let conversations: any ConversationStore
    private let users: any UserStore
    private let attachments: any AttachmentStore
    private let inbox: InboxActor
    private let limits: PersonLimits
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    package init(
        gatekeeper: Gatekeeper,
        log: any RoomStore,
        conversations: any ConversationStore,
        users: any UserStore,
        attachments: any AttachmentStore,
        inbox: InboxActor,
        limits: PersonLimits,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.gatekeeper = gatekeeper
        self.log = log
        self.conversations = conversations
        self.users = users
        self.attachments = attachments
        self.inbox = inbox
        self.limits = limits
        self.now = now
        self.logger = logger
        newVisitors = Mutex(
            KeyedBuckets(
                capacity: limits.newVisitorBurst,
                refillPerSecond: limits.newVisitorsPerMinute / 60,
                maxKeys: 20_000
            ))
    }

    /// Rooms and sessions know each other; composition calls this once, before the first connection.
    package func connect(to directory: RoomDirectory) {
        let environment = SessionEnvironment(
            rooms: directory,
            sessions: self,
            log: log,
            conversations: conversations,
            users: users,
            attachments: attachments,
            inbox: inbox,
            limits: limits,
            now: now,
            logger: logger
        )
        self.environment.withLock { $0 = environment }
    }

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
                guard request.rooms.count <= limits.maxRoomsPerConnection else {
                    throw HubError(.tooLarge, "rooms names more than \(limits.maxRoomsPerConnection) rooms")
                }
                let identity = try await identity(of: request, entrance, connection)
                let attach = AttachRequest(
                    connection: connection, identity: identity, rooms: request.rooms, replyID: id)
                try self.attach(attach, live: live)
            } catch let error as WrongSignature {
                connection.lane.post(.rejected(connection.socket, error.told, id: id, closing: nil))
            } catch {
                let told = HubError(reporting: error, to: logger)
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
            return .staff(
                user, family: claims.family, expiresAt: claims.expiresAt, expiresIn: claims.expiresAt - now())
        case .visitor:
            let pass =
                if let token = request.token {
                    try await gatekeeper.welcomeBack(
                        token: token, profile: request.profile, identity: request.identity)
                } else {
                    try await welcome(request, from: connection.address)
                }
            if request.token == nil || !request.profile.isEmpty { inbox.noteChange(of: pass.visitor.room) }
            return .visitor(pass.visitor, token: pass.token)
        }
    }

    private func welcome(_ request: AuthenticationRequest, from address: NetworkAddress?) async throws -> NewcomerPass {
        if let wait = newVisitors.withLock({ $0.take(for: address?.network, at: now()) }) {
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
        guard let environment = environment.withLock({ $0 }) else {
            preconditionFailure("composition connects the directories before the first socket is accepted")
        }
        let key = SessionKey(request.principal)
        return sessions.withLock { sessions in
            if let session = sessions[key] { return session }
            let session = SessionActor(
                principal: request.principal, lane: request.connection.execution, environment: environment)
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

    /// An account changed, here or through another process.
    package func accountChanged(_ user: User) {
        sessions.withLock { $0[.staff(user.id)] }?.tell { $0.accountChanged(user) }
    }

    /// A login was ended: its sockets are too.
    package func ended(_ login: StaffLogin) {
        sessions.withLock { $0[.staff(login.user)] }?.tell { $0.close(family: login.family, .revoked) }
    }
}

/// Which of the two socket endpoints was used.
package enum Entrance: Sendable, Hashable {
    case visitor, staff
}
