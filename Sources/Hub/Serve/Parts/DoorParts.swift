import Domain
import Hummingbird
import Logging
import NIOCore
import RestFacade
import ServiceLifecycle
import Synchronization
import Transport

/// Where the outside comes in: the listener, who may pass, and how everybody is sent home at the end.
struct DoorParts {
    let origins: OriginPolicy
    let trustedProxies: TrustedProxies
    let gate: ConnectionGate
    let drain: SocketDrain
    let isDraining: @Sendable () -> Bool
    private let hub: HubContext
    private let lanes: LaneSet
    private let doors: SocketDoors
    private let tls: TLSDoor?

    init(_ hub: HubContext, _ messaging: MessagingParts, tls: TLSDoor?) {
        self.hub = hub
        self.tls = tls
        lanes = messaging.lanes
        origins = OriginPolicy(hub.configuration.allowedOrigins)
        trustedProxies = TrustedProxies(hub.configuration.trustedProxies)
        gate = ConnectionGate(
            limits: Self.connectionLimits(hub), trustedProxies: trustedProxies, logger: hub.logger)
        doors = SocketDoors(
            origins: origins,
            deflate: messaging.sockets.deflate,
            limits: messaging.sockets.limits,
            trustedProxies: trustedProxies
        )
        let flag = DrainFlag()
        isDraining = { flag.isSet }
        drain = SocketDrain(
            lanes: lanes,
            doors: doors,
            limit: TimeAmount(hub.limits.drainLimit),
            logger: hub.logger,
            began: { flag.set() }
        )
    }

    /// The listener; it prints the addresses once it is open.
    func server(_ router: Router<RestContext>) -> some Service {
        let (configuration, logger, admin) = (hub.configuration, hub.logger, hub.prepared.admin)
        let bodyTimeout = TimeAmount(hub.limits.uploadTimeout)
        return Application(
            router: router,
            server: .init { [doors, lanes, gate, tls] in
                HubChannel(responder: $0, doors: doors, lanes: lanes, gate: gate, tls: tls, bodyTimeout: bodyTimeout)
            },
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: nil,
                backlog: hub.limits.maxWaitingConnections,
                reuseAddress: true
            ),
            onServerRunning: { channel in
                // It fails only for a listener that is closed already, which needs no guard.
                try? await AcceptGuard.install(on: channel, logger: logger).get()
                let port = channel.localAddress?.port ?? configuration.port
                Console.write(StartBanner(configuration: configuration, port: port, admin: admin).text)
            },
            eventLoopGroupProvider: .shared(hub.group),
            logger: logger
        )
    }

    /// As many as are configured, or fewer when there are not enough files.
    private static func connectionLimits(_ hub: HubContext) -> ConnectionLimits {
        let budget = OpenFileBudget(limit: OpenFileLimit.raise(), wanted: ConnectionLimits(hub.limits))
        if !budget.isEnough {
            hub.logger.warning(
                "the limit on open files is too low for HUB_MAX_CONNECTIONS, so there will be fewer",
                metadata: [
                    "files.limit": "\(budget.limit)", "files.needed": "\(budget.needed)",
                    "connection.max": "\(budget.connections.maxConnections)",
                ])
        }
        return budget.connections
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
