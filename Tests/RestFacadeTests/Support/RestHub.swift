import Actors
import Domain
import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Storage

@testable import Integrations
@testable import RestFacade

/// The HTTP side of a hub, live on a port of its own, over a SQLite database of its own.
struct RestHub: Sendable {
    static let password = "كلمة سر طويلة 1"
    /// A page that may call the API; all others may not.
    static let shop = "https://shop.example"

    let stores: StoreSet
    let rooms: RoomDirectory
    let gatekeeper: Gatekeeper
    let hasher: CountingHasher
    let links: ContinuationSeal
    let clock: TestClock
    let drain: Switch
    let facade: RestFacade
    let client: HTTPClient

    /// What a test may want to be different.
    struct Options: Sendable {
        var login = LoginLimits()
        var streamHeartbeat = Duration.seconds(15)
        var maxStreamsPerPerson = 16
        var requestsPerMinute = 1200
        var trustedProxies: [String] = []
        var codes = CodeLimits()
        var knowledge = KnowledgeLimits()
        var appSecret: String? = "secret"
        var mailbox: String? = "shop@example.com"
    }

    /// Runs `body` against a new hub, which is stopped and removed afterwards.
    static func with(
        _ options: Options = Options(),
        _ body: (RestHub) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "hub-rest-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let clock = TestClock()
        let stores = try await Stores.open(
            .sqlite(path: directory.appending(path: "hub.sqlite").path()), logger: logger, now: { clock.now })
        let result: Result<Void, any Error>
        do {
            _ = try await stores.migrator.up()
            result = .success(try await serve(stores, directory, clock, options, body))
        } catch {
            result = .failure(error)
        }
        await stores.close()
        try FileManager.default.removeItem(at: directory)
        try result.get()
    }

    private static func serve(
        _ stores: StoreSet,
        _ directory: URL,
        _ clock: TestClock,
        _ options: Options,
        _ body: (RestHub) async throws -> Void
    ) async throws {
        let parts = try await Parts(stores, directory, clock, options)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = Application(
            router: parts.facade.router(),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        let services = ServiceGroup(services: [parts.commits, parts.inbox, parts.whatsApp, server], logger: logger)
        let running = Task { try await services.run() }
        guard let bound = await ports.first(where: { _ in true }) else { throw NeverHappened(what: "a port") }
        let hub = RestHub(
            stores: stores,
            rooms: parts.rooms,
            gatekeeper: parts.gatekeeper,
            hasher: parts.hasher,
            links: parts.links,
            clock: clock,
            drain: parts.drain,
            facade: parts.facade,
            client: HTTPClient(port: bound)
        )
        let result: Result<Void, any Error>
        do { result = .success(try await body(hub)) } catch { result = .failure(error) }
        parts.drain.turnOn()
        await services.triggerGracefulShutdown()
        try await running.value
        try result.get()
    }

    static let logger = Logger(label: "rest-tests") { _ in SwiftLogNoOpLogHandler() }
}

/// Everything behind the routes, composed as the hub does.
private struct Parts {
    let commits: GroupCommit
    let inbox: InboxActor
    let rooms: RoomDirectory
    let gatekeeper: Gatekeeper
    let hasher: CountingHasher
    let links: ContinuationSeal
    let whatsApp: WhatsAppIntake
    let drain = Switch()
    let facade: RestFacade

    init(_ stores: StoreSet, _ directory: URL, _ clock: TestClock, _ options: RestHub.Options) async throws {
        let now: @Sendable () -> Timestamp = { clock.now }
        let secret = try MasterSecret(base64: MasterSecret.makeBase64())
        let tokens = await JWTAccessTokens(secret: secret)
        let secrets = RandomSecretTokens(secret: secret)
        links = ContinuationSeal(secret: secret)
        hasher = CountingHasher()
        gatekeeper = Gatekeeper(
            users: stores.users,
            tokens: stores.tokens,
            conversations: stores.conversations,
            accessTokens: tokens,
            secrets: secrets,
            now: now
        )
        let board = RoutingBoard()
        inbox = InboxActor(conversations: stores.conversations, logger: RestHub.logger)
        commits = GroupCommit(store: stores.rooms, logger: RestHub.logger)
        let sessions = SessionDirectory(
            gatekeeper: gatekeeper,
            environment: SessionEnvironment(
                log: stores.rooms,
                conversations: stores.conversations,
                users: stores.users,
                teams: stores.teams,
                attachments: stores.attachments,
                inbox: inbox,
                routing: board,
                limits: PersonLimits(),
                now: now,
                logger: RestHub.logger
            )
        )
        rooms = RoomDirectory(
            lanes: MultiThreadedEventLoopGroup.singleton.makeIterator().map(TestLane.init),
            environment: RoomEnvironment(
                rooms: stores.rooms,
                conversations: stores.conversations,
                commits: commits,
                inbox: inbox,
                routing: board,
                limits: RoomLimits(),
                now: now,
                logger: RestHub.logger
            ),
            sessions: sessions
        )
        sessions.connect(to: rooms)
        let routing = RoutingActor(
            store: stores.routing, board: board, rooms: rooms, sessions: sessions, hub: "n_test",
            limits: RoutingLimits(), now: now, logger: RestHub.logger)
        let throttle = LoginThrottle(options.login)
        let audit = LoginAudit(log: stores.audit, now: now)
        let login = LoginService(
            users: stores.users,
            hasher: hasher,
            accessTokens: tokens,
            secrets: secrets,
            sessions: sessions,
            throttle: throttle,
            audit: audit,
            refreshLifetime: LoginLimits.usualRefreshLifetime,
            now: now
        )
        let keys = DataKeys(Keyring(active: LocalKeyProvider(active: secret, retired: [])), now: now)
        let vault = try await VaultDoor(store: stores.indexKey, keys: keys).open()
        stores.use(vault)
        let codes = CodeParts(
            codes: stores.codes,
            imports: stores.codeImports,
            desk: CodeDesk(
                codes: stores.codes, products: stores.products, vault: vault, gateway: rooms, limits: options.codes),
            importer: CodeImporter(imports: stores.codeImports, vault: vault, limits: options.codes, now: now),
            limits: options.codes
        )
        let status = StatusBoard(
            [DatabaseCheck(stores.health), AuditLogCheck(stores.archive)],
            audit: stores.audit,
            interval: .seconds(10),
            timeout: .seconds(10),
            now: now,
            logger: RestHub.logger
        )
        let passwords = PasswordService(
            users: stores.users,
            accounts: stores.accounts,
            hasher: hasher,
            secrets: secrets,
            sessions: sessions,
            throttle: throttle,
            audit: audit,
            now: now
        )
        let assistant = AssistantResources(
            usage: stores.usage,
            playground: AssistantPlayground(
                model: Live(always: nil),
                ledger: UsageLedger(
                    store: stores.usage,
                    hours: HoursBook(settings: stores.settings, teams: stores.teams, zones: SystemTimeZones()),
                    model: Live(always: ""), now: now, logger: RestHub.logger),
                tools: AssistantToolbox([], audit: stores.audit, now: now),
                settings: HoursBook(settings: stores.settings, teams: stores.teams, zones: SystemTimeZones()),
                now: now
            ),
            audit: stores.audit
        )
        whatsApp = WhatsAppIntake(
            webhooks: stores.webhooks,
            scribe: WhatsAppScribe(
                people: stores.whatsApp, rooms: stores.rooms, gateway: rooms, outbox: stores.outbox, now: now),
            now: now,
            logger: RestHub.logger)
        let accountService = AccountService(
            accounts: stores.accounts,
            secrets: secrets,
            sessions: sessions,
            limits: AccountLinkLimits(),
            publicURL: "https://chat.example"
        )
        let outbound = OutboundClient(OutboundRules(allowed: []))
        let integrations = IntegrationDesk(
            store: stores.integrations,
            vault: vault,
            environment: [:],
            checks: ServiceChecks(
                outbound, mail: MailCheck(url: nil, mailboxes: 0, timeout: .seconds(1)), timeout: .seconds(1)),
            traffic: stores.traffic,
            timeout: .seconds(1),
            now: now
        )
        facade = RestFacade(
            rooms: stores.rooms,
            users: stores.users,
            health: stores.health,
            gatekeeper: gatekeeper,
            gateway: rooms,
            login: login,
            passwords: passwords,
            attachments: AttachmentRoutes(
                attachments: stores.attachments,
                blobs: try await FileBlobStore(directory: directory.appending(path: "blobs").path()),
                limits: AttachmentLimits(),
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
                orders: stores.orders,
                callbacks: stores.callbacks,
                progress: stores.progress,
                training: stores.training,
                status: status,
                integrations: integrations,
                alerts: stores.alerts,
                routing: routing,
                people: PeopleResources(
                    tokens: stores.tokens,
                    secrets: secrets,
                    accounts: stores.accounts,
                    accountService: accountService,
                    teams: stores.teams,
                    settings: stores.settings
                ),
                whatsApp: WhatsAppWebhookRoute(
                    intake: whatsApp,
                    keys: Live(always: WebhookKeys(options.appSecret.map(MetaSignature.init))),
                    verifyToken: Live(always: "verify me")
                ),
                zid: ZidWebhookRoute(
                    intake: WebhookIntake(
                        webhooks: stores.webhooks,
                        scribe: ZidScribe(
                            store: stores.zid, connection: Live(always: nil), owed: WakeUps(), now: now),
                        now: now,
                        logger: RestHub.logger),
                    doors: Live(always: WebhookKeys(nil))
                ),
                desk: DeskResources(
                    cannedReplies: stores.cannedReplies,
                    labels: stores.labels,
                    ratings: stores.ratings,
                    mentions: stores.mentions,
                    routing: routing,
                    rooms: stores.rooms,
                    conversations: stores.conversations,
                    teams: stores.teams,
                    gateway: rooms,
                    hours: HoursBook(settings: stores.settings, teams: stores.teams, zones: SystemTimeZones()),
                    mail: MailDesk(
                        store: stores.mail,
                        mailbox: Live(always: options.mailbox.flatMap(EmailAddress.init)),
                        gateway: rooms,
                        bell: WakeUps()
                    ),
                    continuations: ContinuationDesk(
                        conversations: stores.conversations, links: links, secrets: secrets, now: now)
                ),
                templates: TemplateShelf(source: Live(always: nil), logger: RestHub.logger),
                assistant: assistant,
                knowledge: KnowledgeResources(
                    articles: stores.articles,
                    finder: ArticleSearch(stores.passages, model: Live(always: nil), limits: KnowledgeLimits()),
                    bell: WakeUps(),
                    limits: options.knowledge
                ),
                outlets: OutletResources(
                    sms: stores.sms,
                    hasSMS: Live(always: true),
                    twilio: TwilioWebhookRoute(
                        intake: WebhookIntake(
                            webhooks: stores.webhooks,
                            scribe: TwilioScribe(
                                outbox: stores.outbox, messages: stores.sms, conversations: stores.conversations,
                                gateway: rooms),
                            now: now,
                            logger: RestHub.logger
                        ),
                        keys: Live(
                            always: WebhookKeys(
                                TwilioSignature(
                                    try TwilioAccount(
                                        ServiceFields([
                                            "account_sid": "AC" + String(repeating: "0", count: 32),
                                            "auth_token": "12345", "from_number": "+15005550006",
                                        ]))))),
                        publicURL: "https://chat.example"
                    ),
                    sendGrid: SendGridWebhookRoute(
                        intake: WebhookIntake(
                            webhooks: stores.webhooks, scribe: SendGridScribe(outbox: stores.outbox), now: now,
                            logger: RestHub.logger),
                        keys: Live(
                            always: WebhookKeys(
                                try SendGridSignature(
                                    publicKey:
                                        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1"
                                        + "flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==")))
                    ),
                    bell: WakeUps()
                ),
                hooks: HookDesk(
                    store: stores.hooks, vault: vault, rules: OutboundRules(), limits: HookLimits(), bell: WakeUps())
            ),
            metrics: [whatsApp],
            isDraining: { [drain] in drain.isOn },
            settings: RestSettings(
                maxBodyBytes: 16 * 1024,
                maxPollWait: .seconds(55),
                streamHeartbeat: options.streamHeartbeat,
                maxStreamsPerPerson: options.maxStreamsPerPerson,
                requestRate: RequestRate(perMinute: options.requestsPerMinute),
                isAllowedOrigin: { origin, _ in origin == RestHub.shop },
                trustedProxies: TrustedProxies(options.trustedProxies.compactMap(NetworkRange.init))
            ),
            now: now
        )
    }
}
