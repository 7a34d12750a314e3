import Actors
import Domain
import HubTestKit
import Integrations
import Logging
import NIOCore
import NIOPosix
import Storage
import Synchronization
import Testing

/// One hub without sockets: every part that lives between them and the database, running.
final class TestHub: Sendable {
    struct Settings {
        var rooms = RoomLimits()
        var people = PersonLimits()
        var pollInterval: Duration = .milliseconds(25)
        var pollOverlap: Duration = .seconds(10)
        /// Puts something between the hub and its log.
        var wrap: @Sendable (any RoomStore) -> any RoomStore = { $0 }

        init() {
            people.writeBurst = 1_000_000
        }

        /// The defaults with a change.
        static func set(_ change: (inout Settings) -> Void) -> Settings {
            var settings = Settings()
            change(&settings)
            return settings
        }
    }

    let stores: StoreSet
    /// As the hub's parts see it.
    let log: any RoomStore
    let commits: GroupCommit
    let inbox: InboxActor
    let sessions: SessionDirectory
    let directory: RoomDirectory
    let board: RoutingBoard
    let routing: RoutingActor
    let lanes: [RecordingLane]
    let accessTokens: JWTAccessTokens
    private let connections = Atomic<UInt64>(0)
    private let tasks: Mutex<[Task<Void, any Error>]>

    init(_ stores: StoreSet, secret: MasterSecret, _ settings: Settings) async {
        let now: @Sendable () -> Timestamp = { .present }
        let logger = Logger(label: "actors-tests") { _ in SwiftLogNoOpLogHandler() }
        self.stores = stores
        log = settings.wrap(stores.rooms)
        lanes = MultiThreadedEventLoopGroup.singleton.makeIterator().prefix(2).map { RecordingLane(loop: $0) }
        accessTokens = await JWTAccessTokens(secret: secret)
        board = RoutingBoard()
        inbox = InboxActor(conversations: stores.conversations, gathering: .milliseconds(10), logger: logger)
        commits = GroupCommit(store: log, logger: logger)
        sessions = SessionDirectory(
            gatekeeper: Gatekeeper(
                users: stores.users,
                tokens: stores.tokens,
                conversations: stores.conversations,
                accessTokens: accessTokens,
                secrets: RandomSecretTokens(secret: secret),
                now: now
            ),
            environment: SessionEnvironment(
                log: log,
                conversations: stores.conversations,
                users: stores.users,
                teams: stores.teams,
                attachments: stores.attachments,
                inbox: inbox,
                routing: board,
                limits: settings.people,
                now: now,
                logger: logger
            )
        )
        directory = RoomDirectory(
            lanes: lanes,
            environment: RoomEnvironment(
                rooms: log,
                conversations: stores.conversations,
                commits: commits,
                inbox: inbox,
                routing: board,
                limits: settings.rooms,
                now: now,
                logger: logger
            ),
            sessions: sessions
        )
        sessions.connect(to: directory)
        var limits = RoutingLimits()
        limits.glance = settings.pollInterval
        routing = RoutingActor(
            store: stores.routing, board: board, rooms: directory, sessions: sessions,
            hub: "n_\(UInt32.random(in: .min ... .max))", limits: limits, now: now, logger: logger)
        sessions.connect(to: routing)
        let feed = ChangeFeed(
            rooms: log,
            conversations: stores.conversations,
            users: stores.users,
            directory: directory,
            sessions: sessions,
            inbox: inbox,
            interval: settings.pollInterval,
            overlap: settings.pollOverlap,
            now: now,
            logger: logger
        )
        tasks = Mutex([
            Task { [commits] in try await commits.run() },
            Task { [inbox] in try await inbox.run() },
            Task { [routing] in try await routing.run() },
            Task { try await feed.run() },
        ])
    }

    func stop() async {
        let running = tasks.withLock { tasks in
            defer { tasks = [] }
            return tasks
        }
        for task in running { task.cancel() }
        for task in running { _ = await task.result }
    }

    // MARK: Clients

    func connect(_ entrance: Entrance) -> TestClient {
        let number = connections.wrappingAdd(1, ordering: .relaxed).newValue
        return TestClient(self, entrance, lanes[Int(number) % lanes.count], id: ConnectionID(number))
    }

    /// A visitor who is here for the first time.
    func newVisitor(named name: String = "سارة") async throws -> (client: TestClient, token: String, room: RoomID) {
        let client = connect(.visitor)
        let reply = try await client.call(#""op":"auth","profile":{"name":"\#(name)"}"#)
        guard let token = reply["ok"]?["token"]?.string, let room = reply["ok"]?["room"]?.string.flatMap(RoomID.init)
        else { throw Unexpected(reply: reply) }
        return (client, token, room)
    }

    /// A visitor's other tab or later visit; from the start of the room, or from `seq`.
    func visitor(_ token: String, in room: RoomID, after seq: Int64 = 0) async throws -> TestClient {
        let client = connect(.visitor)
        client.expect(room, after: seq)
        let reply = try await client.call(#""op":"auth","token":"\#(token)","rooms":{"\#(room)":\#(seq)}"#)
        guard reply["ok"] != nil else { throw Unexpected(reply: reply) }
        return client
    }

    /// A new member of staff, signed in.
    func newStaff(_ role: User.Role = .agent) async throws -> (client: TestClient, user: User, token: String) {
        let now = Timestamp.present
        let id = UserID.make(at: now)
        let user = User(
            id: id, email: "\(id.text.lowercased())@shop.example", name: "موظف", role: role, isDisabled: false,
            createdAt: now)
        try await stores.users.add(user, passwordHash: "none")
        let token = try await signIn(user)
        return (try await staff(token), user, token)
    }

    func signIn(_ user: User) async throws -> String {
        let now = Timestamp.present
        let family = SessionID.make(at: now)
        try await stores.users.addRefreshToken(
            RefreshToken(
                hash: family.text, family: family, user: user.id, issuedAt: now, expiresAt: now + .seconds(3600)))
        return try await accessTokens.issue(for: user, family: family, at: now).token
    }

    func staff(_ token: String, _ more: String = "") async throws -> TestClient {
        let client = connect(.staff)
        let reply = try await client.call(#""op":"auth","token":"\#(token)"\#(more)"#)
        guard reply["ok"] != nil else { throw Unexpected(reply: reply) }
        return client
    }

    // MARK: The store

    func events(of room: RoomID) async throws -> [RoomEvent] {
        try await stores.rooms.events(of: room, after: .zero, limit: 1_000_000)
    }

    /// Writes messages past this hub's actors, as another hub does.
    func appendElsewhere(_ count: Int, to room: RoomID, named prefix: String) async throws {
        for number in 0..<count {
            let draft = Draft(
                author: .hub, mid: "\(prefix)-\(number)", content: .message(.text("\(prefix)"), replyTo: nil))
            _ = try await stores.rooms.append([AppendRequest(room: room, drafts: [draft])])
        }
    }
}

struct Unexpected: Error {
    let reply: JSONValue
}
