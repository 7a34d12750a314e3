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
    package let resources: ResourceStores
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
        resources: ResourceStores,
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
        self.resources = resources
        self.isDraining = isDraining
        self.settings = settings
        self.now = now
    }

    /// Every route but attachments and pages, which bring their own.
    ///
    /// - Parameter addMore: Adds those; they get the same headers, errors and refusals.
    package func router(_ addMore: (Router<RestContext>) -> Void = { _ in }) -> Router<RestContext> {
        let router = Router(context: RestContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            AccessLogMiddleware()
            ResponseHeadersMiddleware()
            // Around the problems: a page that may not read an error cannot act on it.
            CORSMiddleware(isAllowedOrigin: settings.isAllowedOrigin)
            ProblemMiddleware()
        }
        let bearer = BearerAuthentication(gatekeeper: gatekeeper)
        HealthRoutes(health: health, isDraining: isDraining).add(to: router)
        AuthRoutes(login: login, bearer: bearer, users: users, settings: settings).add(to: router)
        RoomRoutes(rooms: rooms, users: users, gateway: gateway, bearer: bearer, settings: settings, now: now)
            .add(to: router)
        RoomEventRoutes(
            rooms: rooms,
            gateway: gateway,
            bearer: bearer,
            isDraining: isDraining,
            settings: settings,
            slots: StreamSlots(maxPerPerson: settings.maxStreamsPerPerson)
        ).add(to: router)
        let door = EndpointDoor(
            bearer: bearer,
            audit: resources.audit,
            limiter: RateLimiter(settings.requestRate),
            settings: settings,
            now: now
        )
        for endpoint in resources.groups.flatMap(\.endpoints) { door.add(endpoint, to: router) }
        addMore(router)
        MethodFence.close(router)
        return router
    }

    /// Who a request's bearer token speaks for; for routes that others add.
    package var principal: @Sendable (Request) async throws -> Principal {
        let bearer = BearerAuthentication(gatekeeper: gatekeeper)
        return { request in try await bearer.principal(of: request) }
    }
}
