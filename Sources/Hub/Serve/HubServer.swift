import Actors
import Domain
import Hummingbird
import Integrations
import Logging
import NIOCore
import NIOPosix
import RestFacade
import ServiceLifecycle
import Storage
import Synchronization
import Transport
import UnixSignals

/// The serving hub: makes every part, hands each what it needs, and runs them until it is told to stop.
///
/// The order of the services is their dependency: what is listed later stops first. So sockets are drained while
/// everything behind them still works, and the last commit is done before the store closes.
struct HubServer {
    let configuration: HubConfiguration
    let logger = Logger(label: "hub")
    private let now: @Sendable () -> Timestamp = { .present }

    /// Prepares everything and serves until SIGTERM or SIGINT.
    static func run(configuration: HubConfiguration) async throws {
        if configuration.tls != nil {
            throw ConfigurationError(
                name: "TLS_CERT",
                problem: "is given, but this version speaks plain HTTP only",
                accepted: "no value; let a proxy in front do TLS"
            )
        }
        OpenFileLimit.raise()
        try await HubServer(configuration: configuration).serve()
    }

    private func serve() async throws {
        let prepared = try await Preparation(configuration: configuration, logger: logger, now: now).run()
        do {
            try await services(prepared).run()
        } catch {
            await prepared.stores.close()
            throw error
        }
        await prepared.stores.close()
    }

    private func services(_ prepared: Preparation.Outcome) async throws -> ServiceGroup {
        let limits = configuration.limits
        let stores = prepared.stores
        let group = MultiThreadedEventLoopGroup.singleton
        let secrets = RandomSecretTokens(secret: prepared.secret)
        let accessTokens = await JWTAccessTokens(secret: prepared.secret, lifetime: limits.accessTokenLifetime)
        let gatekeeper = Gatekeeper(
            users: stores.users,
            conversations: stores.conversations,
            accessTokens: accessTokens,
            secrets: secrets,
            now: now
        )

        // Actors
        let inbox = InboxActor(conversations: stores.conversations, logger: logger)
        let commits = GroupCommit(store: stores.rooms, maxDrafts: limits.maxDraftsPerCommit, logger: logger)
        let sessions = SessionDirectory(
            gatekeeper: gatekeeper,
            log: stores.rooms,
            conversations: stores.conversations,
            users: stores.users,
            attachments: stores.attachments,
            inbox: inbox,
            limits: PersonLimits(limits),
            now: now,
            logger: logger
        )
        let sockets = SocketSettings(
            limits, sessions: sessions, node: Self.nodeName(), epoch: try await stores.health.epoch(), now: now)
        let lanes = LaneSet(group: group, settings: sockets)
        let rooms = RoomDirectory(
            lanes: lanes.lanes,
            environment: RoomEnvironment(
                rooms: stores.rooms,
                conversations: stores.conversations,
                commits: commits,
                inbox: inbox,
                limits: RoomLimits(limits),
                now: now,
                logger: logger
            ),
            sessions: sessions
        )
        sessions.connect(to: rooms)
        let feed = ChangeFeed(
            rooms: stores.rooms,
            conversations: stores.conversations,
            users: stores.users,
            directory: rooms,
            sessions: sessions,
            inbox: inbox,
            interval: limits.pollInterval,
            now: now,
            logger: logger
        )

        // Edges
        let origins = OriginPolicy(configuration.allowedOrigins)
        let doors = SocketDoors(
            origins: origins,
            deflate: sockets.deflate,
            limits: sockets.limits,
            trustedProxies: TrustedProxies(configuration.trustedProxies)
        )
        let drainFlag = DrainFlag()
        let login = LoginService(
            users: stores.users,
            hasher: prepared.hasher,
            accessTokens: accessTokens,
            secrets: secrets,
            sessions: sessions,
            limits: LoginLimits(limits),
            now: now
        )
        let facade = RestFacade(
            rooms: stores.rooms,
            users: stores.users,
            health: stores.health,
            gatekeeper: gatekeeper,
            gateway: rooms,
            login: login,
            isDraining: { drainFlag.isSet },
            settings: RestSettings(
                maxBodyBytes: limits.maxBodyBytes,
                maxPollWait: limits.maxPollWait,
                maxStreamsPerPerson: limits.maxStreamsPerPerson,
                isAllowedOrigin: { origins.allows(origin: $0, host: $1) },
                trustedProxies: TrustedProxies(configuration.trustedProxies)
            ),
            now: now
        )
        let pages = try StaticPages(directory: WebDirectory.locate())
        let attachments = AttachmentRoutes(
            attachments: stores.attachments,
            blobs: try await FileBlobStore(directory: configuration.dataDirectory + "/blobs"),
            principal: facade.principal,
            limits: AttachmentLimits(limits),
            now: now
        )
        let router = facade.router { router in
            pages.add(to: router)
            attachments.add(to: router)
        }
        let server = application(router, prepared, doors: doors, lanes: lanes, group: group)
        let drain = SocketDrain(
            lanes: lanes,
            doors: doors,
            limit: TimeAmount(limits.drainLimit),
            logger: logger,
            began: { drainFlag.set() }
        )
        lanes.startClocks()

        var services = ServiceGroupConfiguration(
            services: [commits, inbox, feed, server, drain],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // The backstop: what has not ended by then is cut off.
        services.maximumGracefulShutdownDuration = limits.drainLimit + .seconds(10)
        return ServiceGroup(configuration: services)
    }

    private func application(
        _ router: Router<RestContext>,
        _ prepared: Preparation.Outcome,
        doors: SocketDoors,
        lanes: LaneSet,
        group: MultiThreadedEventLoopGroup
    ) -> some Service {
        Application(
            router: router,
            server: .init { HubChannel(responder: $0, doors: doors, lanes: lanes) },
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: nil,
                reuseAddress: true
            ),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? configuration.port
                Console.write(StartBanner(configuration: configuration, port: port, admin: prepared.admin).text)
            },
            eventLoopGroupProvider: .shared(group),
            logger: logger
        )
    }

    /// Tells this process from others in logs and `hello`.
    private static func nodeName() -> String {
        "n_" + String(UInt32.random(in: .min ... .max), radix: 36)
    }
}

/// Whether the hub has been told to stop; from then on it is not ready.
private final class DrainFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .acquiring) }

    func set() {
        flag.store(true, ordering: .releasing)
    }
}
