package import Domain
package import Logging

/// What alerts look at: the queues and scores of all hubs, and the disk and requests of this one.
package struct AlertSight: Sendable {
    /// Of this hub alone.
    package struct Local: Sendable {
        /// The same after a restart: `shop-1:8080`.
        let name: String
        /// Nil when it cannot be told.
        let freeBytes: @Sendable () -> Int64?
        /// Since the start.
        let requests: @Sendable () -> RequestTotals

        package init(
            name: String,
            freeBytes: @escaping @Sendable () -> Int64?,
            requests: @escaping @Sendable () -> RequestTotals
        ) {
            self.name = name
            self.freeBytes = freeBytes
            self.requests = requests
        }
    }

    private let integrations: IntegrationDesk
    private let traffic: any TrafficStore
    private let hooks: any HookFeed
    let local: Local
    private let bounds: AlertBounds
    private let logger: Logger

    package init(
        integrations: IntegrationDesk,
        traffic: any TrafficStore,
        hooks: any HookFeed,
        local: Local,
        bounds: AlertBounds,
        logger: Logger
    ) {
        self.integrations = integrations
        self.traffic = traffic
        self.hooks = hooks
        self.local = local
        self.bounds = bounds
        self.logger = logger
    }

    /// What there is to say now; of what cannot be looked at, nothing.
    ///
    /// - Parameter open: What is being watched already.
    func readings(
        _ window: inout RequestWindow,
        open: Set<AlertKey>,
        at moment: Timestamp
    ) async -> [AlertKey: AlertReading] {
        var readings = await outside(open: open, at: moment)
        readings[AlertKey(.freeDisk, local.name)] = local.freeBytes().map(bounds.disk)
        readings[AlertKey(.errorRate, local.name)] = bounds.errors(window.take(local.requests(), at: moment))
        return readings
    }

    /// What cannot be read says nothing, and hides nothing else.
    private func outside(open: Set<AlertKey>, at moment: Timestamp) async -> [AlertKey: AlertReading] {
        var readings: [AlertKey: AlertReading] = [:]
        do {
            let waiting = try await traffic.waiting()
            // Systems of the shop are watched one by one.
            for channel in OutboxChannel.allCases where channel != .hook {
                let key = AlertKey(.outboxQueue, channel.rawValue)
                readings[key] = bounds.queue(waiting[channel] ?? QueueLoad(), at: moment)
            }
            for provider in WebhookEvent.Provider.allCases {
                let key = AlertKey(.webhookQueue, provider.rawValue)
                readings[key] = bounds.queue(try await traffic.unread(provider), at: moment)
            }
            let endpoints = try await hooks.endpoints()
            for key in open where key.rule == .webhookEndpoint { readings[key] = .gone }
            for endpoint in endpoints {
                readings[AlertKey(.webhookEndpoint, endpoint.id.text)] = bounds.endpoint(endpoint, at: moment)
            }
            // Their secrets are opened, for which whoever keeps the keys must be there.
            for view in try await integrations.views() {
                let health = AlertKey(.integrationHealth, view.type.rawValue)
                readings[health] = view.isConnected ? bounds.health(view.health) : .gone
                guard let provider = view.type.webhooks else { continue }
                let silence = AlertKey(.webhookSilence, provider.rawValue)
                let isOpen = open.contains(silence)
                readings[silence] =
                    view.isConnected ? try await speech(of: provider, isOpen: isOpen, at: moment) : .gone
            }
        } catch {
            logger.debug("alerts cannot look", metadata: ["error": "\(error)"])
        }
        return readings
    }

    private func speech(
        of provider: WebhookEvent.Provider,
        isOpen: Bool,
        at moment: Timestamp
    ) async throws -> AlertReading? {
        let since = moment - bounds.spokenWithin
        let speech = try await traffic.speech(provider, since: since, most: bounds.minSpoken)
        return bounds.silence(speech, at: moment, isOpen: isOpen)
    }
}

extension IntegrationView {
    /// Whether it is set up and turned on.
    fileprivate var isConnected: Bool { isConfigured && isEnabled }
}
