package import Domain
package import Logging
import ServiceLifecycle
import Synchronization

/// Takes the webhooks of one provider in, and works them off behind the answer.
///
/// Every hub may do both: the store gives each delivery to one of them at a time.
package final class WebhookIntake<Scribe: WebhookScribe>: Service, MetricSource {
    private struct Counts {
        var endings: [String: UInt64] = [:]
    }

    private let webhooks: any WebhookStore
    private let scribe: Scribe
    private let conversations: WebhookLanes<Scribe>
    package let limits: WebhookLimits
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let counts = Mutex(Counts())
    private let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation

    package init(
        webhooks: any WebhookStore,
        scribe: Scribe,
        limits: WebhookLimits = WebhookLimits(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.webhooks = webhooks
        self.scribe = scribe
        conversations = WebhookLanes(scribe: scribe)
        self.limits = limits
        self.now = now
        self.logger = logger
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Keeps a delivery whose signature is good; it is durable when this returns.
    ///
    /// - Parameter about: What its address said, where that tells what it is about.
    package func take(_ body: [UInt8], about: String? = nil) async throws {
        let isNew = try await webhooks.add(Scribe.provider, body: body, about: about, at: now())
        count(isNew ? "accepted" : "repeated")
        if isNew { wakeUp.yield() }
    }

    /// Counts a delivery that was turned away.
    package func refused(_ reason: StaticString) {
        count("\(reason)")
    }

    private func count(_ ending: String) {
        counts.withLock { $0.endings[ending, default: 0] += 1 }
    }

    // MARK: Working off

    /// Works deliveries off until shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withDiscardingTaskGroup { group in
                group.addTask { await self.keepLooking() }
                for await _ in wakeUps { await work() }
            }
        }
    }

    private func keepLooking() async {
        while !Task.isCancelled {
            wakeUp.yield()
            try? await Task.sleep(for: limits.interval)
        }
        wakeUp.finish()
    }

    /// Works off what is due; returns when there is nothing, or the store is away.
    func work() async {
        do {
            while !Task.isCancelled {
                let didDeliveries = try await workOffDeliveries()
                let didLeftovers = try await workOffLeftovers()
                guard didDeliveries || didLeftovers else { return }
            }
        } catch {
            logger.warning("webhooks of \(Scribe.title) wait", metadata: ["error": "\(error)"])
        }
    }

    private func workOffDeliveries() async throws -> Bool {
        let events = try await webhooks.claim(
            Scribe.provider, limit: limits.batch, at: now(), lease: limits.lease)
        guard !events.isEmpty else { return false }
        var batch = WebhookBatch(events, scribe, limits)
        for (event, reason) in batch.unreadable { try await webhooks.park(event.id, because: reason) }
        await write(&batch)
        let report = batch.report
        try await webhooks.finish(
            report.finished, leaving: report.leftovers, tracing: report.traces, at: now())
        for (event, pause, reason) in report.postponed {
            logger.notice("a webhook is put off", metadata: ["webhook.id": "\(event)", "error": "\(reason)"])
            try await webhooks.postpone(event, until: now() + pause, because: reason)
        }
        return true
    }

    /// Each lane in a conversation of its own, a few at a time.
    private func write(_ batch: inout WebhookBatch<Scribe.Item>) async {
        let lanes = batch.lanes
        await withTaskGroup(of: (Int, [WebhookEnding]).self) { group in
            var next = 0
            func start() {
                guard next < lanes.count else { return }
                let (index, items) = (next, lanes[next].items)
                next += 1
                let lane = items.first?.lane
                group.addTask { [conversations] in (index, await conversations.take(items, lane: lane)) }
            }
            for _ in 0..<limits.width { start() }
            for await (index, endings) in group {
                batch.ended(lanes[index], endings)
                start()
            }
        }
    }

    private func workOffLeftovers() async throws -> Bool {
        let leftovers = try await webhooks.claimLeftovers(
            Scribe.provider, limit: limits.batch, at: now(), lease: limits.lease)
        for leftover in leftovers {
            for item in scribe.items(of: leftover) {
                do {
                    switch try await conversations.take([item], lane: item.lane)[0].get() {
                    case .done, .traced:
                        try await webhooks.finish(leftover)
                    case .parked(let reason):
                        try await webhooks.park(leftover, because: reason)
                    case .waits:
                        // Its message is another person's.
                        try await webhooks.park(leftover, because: "it speaks of a message of another conversation")
                    }
                } catch  where leftover.attempts >= limits.maxAttempts && !error.isOutage {
                    try await webhooks.park(leftover, because: "\(error)")
                }
            }
        }
        return !leftovers.isEmpty
    }

    // MARK: Metrics

    package func families() async -> [MetricFamily] {
        let endings = counts.withLock { $0.endings }.sorted { $0.key < $1.key }
        var families: [MetricFamily] = [
            .counter(
                "hub_\(Scribe.provider)_webhooks_total",
                "Deliveries of \(Scribe.title), by what became of them at the door.",
                endings.map { ([.init("ending", $0.key)], Double($0.value)) })
        ]
        if let counts = try? await webhooks.counts(Scribe.provider) {
            families.append(
                .gauge(
                    "hub_\(Scribe.provider)_webhooks_pending",
                    "Deliveries and their items that are not done, by where they are.",
                    [
                        ([.init("state", "new")], Double(counts.new)),
                        ([.init("state", "parked")], Double(counts.parked)),
                        ([.init("state", "item_waiting")], Double(counts.waitingItems)),
                        ([.init("state", "item_parked")], Double(counts.parkedItems)),
                    ]))
        }
        return families
    }
}

extension Error {
    /// Whether it is none of the delivery's doing.
    var isOutage: Bool {
        guard let error = self as? HubError else { return false }
        switch error.code {
        case .unavailable, .busy, .rateLimited: return true
        case .badRequest, .unauthorized, .forbidden, .notFound, .notJoined, .tooLarge, .midConflict, .conflict,
            .notEnough, .stale, .invalid, .keyReused, .internal:
            return false
        }
    }
}
