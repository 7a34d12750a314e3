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
    let now: @Sendable () -> Timestamp = { .present }

    /// Prepares everything and serves until SIGTERM or SIGINT.
    static func run(configuration: HubConfiguration) async throws {
        try await HubServer(configuration: configuration).serve()
    }

    private func serve() async throws {
        // Before the database is waited for: a wrong file is told at once.
        let tls = try configuration.tls?.identity()
        if let tls { CertificateReport(tls, now: now()).log("TLS is on", to: logger) }
        let prepared = try await Preparation(configuration: configuration, logger: logger, now: now).run()
        do {
            try await services(prepared, tls.map(TLSDoor.init)).run()
        } catch {
            await prepared.stores.close()
            throw error
        }
        await prepared.stores.close()
    }

    private func services(_ prepared: Preparation.Outcome, _ tls: TLSDoor?) async throws -> ServiceGroup {
        let limits = configuration.limits
        let stores = prepared.stores
        let group = MultiThreadedEventLoopGroup.singleton
        let secrets = RandomSecretTokens(secret: prepared.secret)
        let accessTokens = await JWTAccessTokens(secret: prepared.secret, lifetime: limits.accessTokenLifetime)
        let gatekeeper = Gatekeeper(
            users: stores.users,
            tokens: stores.tokens,
            conversations: stores.conversations,
            accessTokens: accessTokens,
            secrets: secrets,
            recent: RecentVisitors(capacity: limits.maxRecentVisitors, lifetime: limits.recentVisitorLifetime),
            now: now
        )

        // Actors
        let inbox = InboxActor(conversations: stores.conversations, logger: logger)
        let owed = WakeUps()
        let routingBoard = RoutingBoard(presenceGrace: limits.presenceGrace)
        let node = Self.nodeName()
        let commits = GroupCommit(
            store: stores.rooms,
            maxDrafts: limits.maxDraftsPerCommit,
            // SQLite has one writer. One of PostgreSQL's stays free for what is no append.
            maxInFlight: stores.dialect == .postgres ? max(1, limits.postgresWriters - 1) : 1,
            pace: CommitPace(gather: limits.commitGather),
            committed: { results in if results.contains(where: \.mayOwe) { owed.wake() } },
            logger: logger
        )
        let sessions = SessionDirectory(
            gatekeeper: gatekeeper,
            environment: SessionEnvironment(
                log: stores.rooms,
                conversations: stores.conversations,
                users: stores.users,
                teams: stores.teams,
                attachments: stores.attachments,
                inbox: inbox,
                routing: routingBoard,
                limits: PersonLimits(limits),
                now: now,
                logger: logger
            )
        )
        let sockets = SocketSettings(
            limits, sessions: sessions, node: node, epoch: try await stores.health.epoch(), now: now)
        let lanes = LaneSet(group: group, settings: sockets)
        let rooms = RoomDirectory(
            lanes: lanes.lanes,
            environment: RoomEnvironment(
                rooms: stores.rooms,
                conversations: stores.conversations,
                commits: commits,
                inbox: inbox,
                routing: routingBoard,
                limits: RoomLimits(limits),
                now: now,
                logger: logger
            ),
            sessions: sessions
        )
        sessions.connect(to: rooms)
        let routing = RoutingActor(
            store: stores.routing,
            board: routingBoard,
            rooms: rooms,
            sessions: sessions,
            hub: node,
            limits: RoutingLimits(limits),
            now: now,
            logger: logger
        )
        sessions.connect(to: routing)
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
        let throttle = LoginThrottle(LoginLimits(limits))
        let loginAudit = LoginAudit(log: stores.audit, now: now)
        let login = LoginService(
            users: stores.users,
            hasher: prepared.hasher,
            accessTokens: accessTokens,
            secrets: secrets,
            sessions: sessions,
            throttle: throttle,
            audit: loginAudit,
            refreshLifetime: limits.refreshTokenLifetime,
            now: now
        )
        let codes = codeParts(prepared, gateway: rooms)
        let status = StatusBoard(
            configuration.statusChecks(stores),
            audit: stores.audit,
            interval: limits.statusInterval,
            timeout: limits.statusTimeout,
            now: now,
            logger: logger
        )
        let gate = ConnectionGate(
            limits: connectionLimits(),
            trustedProxies: TrustedProxies(configuration.trustedProxies),
            logger: logger
        )
        let blobs = try await FileBlobStore(directory: configuration.dataDirectory + "/blobs")
        let relay = outboxRelay(stores, blobs: blobs, gateway: rooms, bell: owed)
        let whatsApp = WhatsAppIntake(
            webhooks: stores.webhooks,
            people: stores.whatsApp,
            rooms: stores.rooms,
            gateway: rooms,
            outbox: stores.outbox,
            limits: WhatsAppLimits(limits),
            now: now,
            logger: logger
        )
        let passwords = PasswordService(
            users: stores.users,
            accounts: stores.accounts,
            hasher: prepared.hasher,
            secrets: secrets,
            sessions: sessions,
            throttle: throttle,
            audit: loginAudit,
            now: now
        )
        let accountService = AccountService(
            accounts: stores.accounts,
            secrets: secrets,
            sessions: sessions,
            limits: AccountLinkLimits(limits),
            publicURL: configuration.publicURL ?? ""
        )
        let facade = RestFacade(
            rooms: stores.rooms,
            users: stores.users,
            health: stores.health,
            gatekeeper: gatekeeper,
            gateway: rooms,
            login: login,
            passwords: passwords,
            attachments: AttachmentRoutes(
                attachments: stores.attachments,
                blobs: blobs,
                limits: AttachmentLimits(limits),
                now: now
            ),
            resources: ResourceStores(
                audit: stores.audit,
                products: stores.products,
                archive: stores.archive,
                crm: CRMStores(
                    contacts: stores.contacts,
                    merging: stores.merging,
                    persons: stores.persons,
                    rooms: stores.rooms,
                    leads: stores.leads,
                    deals: stores.deals
                ),
                codes: codes,
                progress: stores.progress,
                training: stores.training,
                status: status,
                routing: routing,
                people: PeopleResources(
                    tokens: stores.tokens,
                    secrets: secrets,
                    tokenLimits: APITokenLimits(limits),
                    accounts: stores.accounts,
                    accountService: accountService,
                    teams: stores.teams,
                    settings: stores.settings
                ),
                whatsApp: WhatsAppWebhookRoute(
                    intake: whatsApp,
                    signature: configuration.outside.whatsAppAppSecret.map { MetaSignature(appSecret: $0.reveal()) },
                    verifyToken: configuration.outside.whatsAppVerifyToken?.reveal()
                )
            ),
            metrics: [
                ProcessMetrics(startedAt: now()), gate, lanes, rooms, commits, stores.metrics, whatsApp, relay, routing,
            ],
            isDraining: { drainFlag.isSet },
            settings: RestSettings(
                maxBodyBytes: limits.maxBodyBytes,
                maxPollWait: limits.maxPollWait,
                maxStreamsPerPerson: limits.maxStreamsPerPerson,
                requestRate: RequestRate(
                    perMinute: limits.requestsPerMinute,
                    maxCallers: limits.maxCountedCallers
                ),
                isAllowedOrigin: { origins.allows(origin: $0, host: $1) },
                trustedProxies: TrustedProxies(configuration.trustedProxies),
                metricsToken: configuration.metricsToken.map { MetricsToken($0.reveal()) }
            ),
            now: now
        )
        let router = facade.router(pages: try StaticPages(directory: WebDirectory.locate()))
        let server = application(router, prepared, doors: doors, lanes: lanes, gate: gate, tls: tls, group: group)
        let drain = SocketDrain(
            lanes: lanes,
            doors: doors,
            limit: TimeAmount(limits.drainLimit),
            logger: logger,
            began: { drainFlag.set() }
        )
        lanes.startClocks()

        let housekeeper = Housekeeper(
            [
                .forgetAnswers(stores.answers, olderThan: limits.idempotencyLifetime, now: now),
                .missOverdueGoals(stores.progress, now: now),
                .settleCodes(stores.codes, codes.limits, now: now),
                .cleanImports(stores.codeImports, codes.limits, now: now),
                .removeErasedBlobs(stores.attachments, blobs),
                .tidyWebhooks(stores.webhooks, olderThan: limits.webhookRetention, now: now),
            ],
            logger: logger
        )
        var list: [any Service] = [commits, inbox, feed, routing, housekeeper, relay, whatsApp, server, drain]
        if let files = whatsAppFiles(stores, blobs: blobs, gateway: rooms) { list.insert(files, at: list.count - 2) }
        if let reload = await certificateReload(tls) { list.append(reload) }
        var services = ServiceGroupConfiguration(
            services: list,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // The backstop: what has not ended by then is cut off.
        services.maximumGracefulShutdownDuration = limits.drainLimit + .seconds(10)
        return ServiceGroup(configuration: services)
    }

    /// Nil without a token, which Meta asks for with every file.
    private func whatsAppFiles(
        _ stores: StoreSet,
        blobs: any BlobStore,
        gateway: any RoomGateway
    ) -> WhatsAppFiles? {
        let outside = configuration.outside
        guard let token = outside.whatsAppToken else { return nil }
        return WhatsAppFiles(
            files: stores.whatsAppFiles,
            source: GraphFiles(
                token: token.reveal(), baseURL: outside.whatsAppURL ?? WhatsAppCheck.Account().baseURL),
            blobs: blobs,
            attachments: stores.attachments,
            gateway: gateway,
            limits: WhatsAppLimits(configuration.limits),
            now: now,
            logger: logger
        )
    }

    private func codeParts(_ prepared: Preparation.Outcome, gateway: any RoomGateway) -> CodeParts {
        let limits = CodeLimits(configuration.limits)
        let (stores, vault) = (prepared.stores, prepared.vault)
        return CodeParts(
            codes: stores.codes,
            imports: stores.codeImports,
            desk: CodeDesk(
                codes: stores.codes, products: stores.products, vault: vault, gateway: gateway, limits: limits),
            importer: CodeImporter(imports: stores.codeImports, vault: vault, limits: limits, now: now),
            limits: limits
        )
    }

    private func application(
        _ router: Router<RestContext>,
        _ prepared: Preparation.Outcome,
        doors: SocketDoors,
        lanes: LaneSet,
        gate: ConnectionGate,
        tls: TLSDoor?,
        group: MultiThreadedEventLoopGroup
    ) -> some Service {
        let bodyTimeout = TimeAmount(configuration.limits.uploadTimeout)
        return Application(
            router: router,
            server: .init {
                HubChannel(responder: $0, doors: doors, lanes: lanes, gate: gate, tls: tls, bodyTimeout: bodyTimeout)
            },
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: nil,
                backlog: configuration.limits.maxWaitingConnections,
                reuseAddress: true
            ),
            onServerRunning: { [logger] channel in
                // It fails only for a listener that is closed already, which needs no guard.
                try? await AcceptGuard.install(on: channel, logger: logger).get()
                let port = channel.localAddress?.port ?? configuration.port
                Console.write(StartBanner(configuration: configuration, port: port, admin: prepared.admin).text)
            },
            eventLoopGroupProvider: .shared(group),
            logger: logger
        )
    }

    /// As many as are configured, or fewer when there are not enough files.
    private func connectionLimits() -> ConnectionLimits {
        let budget = OpenFileBudget(limit: OpenFileLimit.raise(), wanted: ConnectionLimits(configuration.limits))
        if !budget.isEnough {
            logger.warning(
                "the limit on open files is too low for HUB_MAX_CONNECTIONS, so there will be fewer",
                metadata: [
                    "files.limit": "\(budget.limit)", "files.needed": "\(budget.needed)",
                    "connection.max": "\(budget.connections.maxConnections)",
                ])
        }
        return budget.connections
    }

    private func certificateReload(_ door: TLSDoor?) async -> CertificateReload? {
        guard let files = configuration.tls, let door else { return nil }
        let signals = await UnixSignalsSequence(trapping: .sighup)
        return CertificateReload(files: files, door: door, signals: signals, logger: logger, now: now)
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
