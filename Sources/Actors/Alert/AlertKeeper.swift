package import Domain
package import Logging
import ServiceLifecycle

/// Looks after what people must know of: checks integrations by the clock, watches, and tells.
///
/// Any number of hubs may run one. What an incident becomes is `AlertIncident`'s decision, stored only when nobody else
/// has decided since; what is told is told in the transaction that marks it as told.
package struct AlertKeeper: Service {
    private let store: any AlertStore
    private let sight: AlertSight
    private let integrations: IntegrationDesk
    private let gateway: any RoomGateway
    private let hours: HoursBook
    /// Wakes who sends.
    private let bell: WakeUps
    private let settings: AlertSettings
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    package init(
        store: any AlertStore,
        sight: AlertSight,
        integrations: IntegrationDesk,
        gateway: any RoomGateway,
        hours: HoursBook,
        bell: WakeUps,
        settings: AlertSettings,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.store = store
        self.sight = sight
        self.integrations = integrations
        self.gateway = gateway
        self.hours = hours
        self.bell = bell
        self.settings = settings
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                // A service that answers slowly delays no alert.
                for type in IntegrationType.allCases { group.addTask { await keepChecking(type) } }
                group.addTask { await keepWatching() }
            }
        }
    }

    // MARK: Checking

    private func keepChecking(_ type: IntegrationType) async {
        while !Task.isCancelled {
            do {
                try await check(type)
            } catch {
                logger.debug(
                    "a check waits", metadata: ["integration": "\(type.rawValue)", "error": "\(error)"])
            }
            try? await Task.sleep(for: min(settings.interval, settings.checkInterval))
        }
    }

    /// Tests a service that is connected, when it is due and no other hub does.
    func check(_ type: IntegrationType) async throws {
        let name = "integration:\(type.rawValue)"
        guard try await store.claimCheck(name, at: now(), every: settings.checkInterval),
            let values = try await integrations.values(of: type), values.missing.isEmpty
        else { return }
        let test = try await integrations.test(type, trying: nil, .scheduled, by: .system)
        guard test.finding.outcome != .ok else { return }
        logger.info(
            "a check found a problem",
            metadata: ["integration": "\(type.rawValue)", "outcome": "\(test.finding.outcome.rawValue)"])
    }

    // MARK: Watching

    private func keepWatching() async {
        var window = RequestWindow(settings.bounds.errorWindow)
        while !Task.isCancelled {
            do {
                try await look(&window)
            } catch {
                logger.debug("alerts wait", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: settings.interval)
        }
    }

    /// Takes one look, and tells what came of it.
    func look(_ window: inout RequestWindow) async throws {
        let moment = now()
        let open = Dictionary(try await store.open().map { ($0.key, $0) }) { first, _ in first }
        let readings = await sight.readings(&window, open: Set(open.keys), at: moment)
        for (key, reading) in readings { try await take(reading, of: key, open[key], at: moment) }
        for (key, incident) in open
        where readings[key] == nil && incident.isForsaken(at: moment, settings.policy) {
            try await take(.gone, of: key, incident, at: moment)
        }
        try await tell()
    }

    private func take(
        _ reading: AlertReading,
        of key: AlertKey,
        _ known: AlertIncident?,
        at moment: Timestamp
    ) async throws {
        guard var incident = known else {
            let new = AlertIncident(key, reading, id: .make(at: moment), at: moment, settings.policy)
            // False when another hub was first: then it is known at the next look.
            if let new, try await store.change(nil, to: new) { log(new) }
            return
        }
        switch incident.take(reading, at: moment, settings.policy) {
        case .unchanged: return
        case .changed: if try await store.change(known, to: incident), incident.state != known?.state { log(incident) }
        case .dismissed: _ = try await store.change(known, to: nil)
        }
    }

    private func log(_ incident: AlertIncident) {
        switch incident.state {
        case .pending: return
        case .firing:
            logger.warning(
                "an alert fires",
                metadata: [
                    "alert.rule": "\(incident.key.rule.rawValue)", "alert.subject": "\(incident.key.subject)",
                    "alert.message": "\(incident.message.en)",
                ])
        case .recovered:
            logger.notice(
                "an alert is over",
                metadata: [
                    "alert.rule": "\(incident.key.rule.rawValue)", "alert.subject": "\(incident.key.subject)",
                ])
        }
    }

    // MARK: Telling

    private func tell() async throws {
        let moment = now()
        let isQuiet = try await isQuiet(at: moment)
        let urgent = settings.policy.urgent
        while let posted = try await store.tell(
            settings.outlets.now, at: moment, { AlertBulletin($0, at: moment, isQuiet: isQuiet, urgent: urgent) })
        {
            gateway.appended(upTo: posted.seq, in: posted.room)
            bell.wake()
        }
    }

    private func isQuiet(at moment: Timestamp) async throws -> Bool {
        guard let quiet = settings.quiet else { return false }
        return quiet.contains(moment, in: hours.zone(of: try await hours.shop(), at: moment))
    }
}

extension AlertKeeper: MetricSource {
    package func families() async -> [MetricFamily] {
        var families: [MetricFamily] = []
        if let free = sight.local.freeBytes() {
            families.append(
                .gauge("hub_free_disk_bytes", "Free space on the disk of DATA_DIR.", Double(free)))
        }
        if let open = try? await store.open() {
            let firing = open.filter { $0.state == .firing }
            families.append(
                .gauge(
                    "hub_alerts_firing", "Alerts of all hubs that fire, by rule.",
                    AlertRule.allCases.map { rule in
                        ([.init("rule", rule.rawValue)], Double(firing.count { $0.key.rule == rule }))
                    }))
        }
        return families
    }
}
