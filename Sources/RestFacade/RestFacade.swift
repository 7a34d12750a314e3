package import Actors
package import Domain
package import Hummingbird

/// The HTTP side of the hub: the same rooms, people and rules as the sockets.
package struct RestFacade: Sendable {
    package let rooms: any RoomStore
    package let users: any UserStore
    package let health: any StoreHealth
    package let gatekeeper: Gatekeeper
    package let gateway: any RoomGateway
    package let login: LoginService
    package let passwords: PasswordService
    package let attachments: AttachmentRoutes
    package let resources: ResourceStores
    /// What `/metrics` tells besides the requests.
    package let metrics: [any MetricSource]
    package let requests: RequestMetrics
    /// Whether the hub has been told to stop.
    package let isDraining: @Sendable () -> Bool
    package let settings: RestSettings
    package let now: @Sendable () -> Timestamp

    package init(
        rooms: any RoomStore,
        users: any UserStore,
        health: any StoreHealth,
        gatekeeper: Gatekeeper,
        gateway: any RoomGateway,
        login: LoginService,
        passwords: PasswordService,
        attachments: AttachmentRoutes,
        resources: ResourceStores,
        metrics: [any MetricSource] = [],
        requests: RequestMetrics = RequestMetrics(),
        isDraining: @escaping @Sendable () -> Bool,
        settings: RestSettings,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.rooms = rooms
        self.users = users
        self.health = health
        self.gatekeeper = gatekeeper
        self.gateway = gateway
        self.login = login
        self.passwords = passwords
        self.attachments = attachments
        self.resources = resources
        self.metrics = metrics
        self.requests = requests
        self.isDraining = isDraining
        self.settings = settings
        self.now = now
    }

    /// Everything that is served: the API, and the pages.
    package func router(pages: StaticPages? = nil) -> Router<RestContext> {
        let router = openRouter(pages: pages)
        MethodFence.close(router)
        return router
    }

    /// The router without its fence.
    func openRouter(pages: StaticPages?) -> Router<RestContext> {
        let router = Router(context: RestContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            MetricsMiddleware(metrics: requests)
            AccessLogMiddleware()
            ResponseHeadersMiddleware()
            // Around the problems: a page that may not read an error cannot act on it.
            CORSMiddleware(isAllowedOrigin: settings.isAllowedOrigin)
            ProblemMiddleware()
        }
        let door = EndpointDoor(
            requester: { [bearer] in try await bearer.requester(of: $0) },
            audit: resources.audit,
            limiter: RateLimiter(settings.requestRate),
            settings: settings,
            now: now
        )
        for endpoint in makeGroups().flatMap(\.endpoints) { door.add(endpoint, to: router) }
        pages?.add(to: router)
        return router
    }

    /// The whole API, in the order of its documentation.
    func makeGroups() -> [any EndpointGroup] {
        let described: [any EndpointGroup] =
            [
                AuthRoutes(login: login, users: users, settings: settings),
                PasswordRoutes(passwords: passwords, bearer: bearer),
                RoomRoutes(rooms: rooms, users: users, gateway: gateway, settings: settings, now: now),
                MessageRoutes(gateway: gateway, attachments: attachments.store),
                RoomEventRoutes(
                    rooms: rooms,
                    gateway: gateway,
                    bearer: bearer,
                    isDraining: isDraining,
                    settings: settings,
                    slots: StreamSlots(maxPerPerson: settings.maxStreamsPerPerson)
                ),
                attachments,
            ] + resources.groups + [
                HealthRoutes(health: health, isDraining: isDraining),
                MetricsRoute(sources: metrics + [requests], token: settings.metricsToken, bearer: bearer),
            ]
        return described + [OpenAPIRoute(describing: described)]
    }

    private var bearer: BearerAuthentication { BearerAuthentication(gatekeeper: gatekeeper) }
}
