package import Domain
package import Logging
import ServiceLifecycle
import Synchronization

/// Sends what the outbox holds, and tells rooms what became of it.
///
/// Any number of hubs may run one: the store gives each entry to one of them, and of a lane one at a time. What is
/// under way at shutdown is ended first; what a killed hub had under way becomes `unsure`.
///
/// A hub runs one for each share. That of the messages also lets time do its work on all entries.
package final class OutboxRelay: Service {
    private let share: OutboxShare
    private let outbox: any OutboxStore
    private let channels: [OutboxChannel: Live<(any OutboundChannel)?>]
    private let reporter: any OutboxReporter
    private let limits: OutboxLimits
    private let settings: OutboxRelaySettings
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    private let state: Mutex<State>
    private let sendings: WakeUps
    private let reports: WakeUps

    private struct State {
        var pace: OutboxPace
        var underWay = 0
        /// How often what sends over a channel was replaced.
        var renewals: [OutboxChannel: Int64] = [:]
        /// The hub stops: nothing new is begun.
        var isStopping = false
        var tally = OutboxTally()
    }

    /// - Parameters:
    ///   - channels: What is sent over now; nil for what is not connected.
    ///   - bell: Rung when something was added.
    package init(
        _ share: OutboxShare = .messages,
        outbox: any OutboxStore,
        channels: [OutboxChannel: Live<(any OutboundChannel)?>],
        reporter: any OutboxReporter,
        limits: OutboxLimits = OutboxLimits(),
        settings: OutboxRelaySettings = OutboxRelaySettings(),
        bell: WakeUps = WakeUps(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.share = share
        self.outbox = outbox
        self.channels = channels
        self.reporter = reporter
        self.limits = limits
        self.settings = settings
        self.now = now
        self.logger = logger
        state = Mutex(State(pace: OutboxPace(limits)))
        sendings = bell
        reports = WakeUps()
    }

    /// Something was added, or a report came: looks at once instead of at the next round.
    package func wake() {
        sendings.wake()
        reports.wake()
    }

    /// What sends over a channel was replaced: whatever kept the one before it from sending keeps nothing any more, and
    /// what was put off because of it leaves now.
    package func renewed(_ channel: OutboxChannel) async {
        state.withLock { state in
            state.renewals[channel, default: 0] += 1
            state.pace.renewed(channel)
        }
        await hasten(channel)
    }

    private func hasten(_ channel: OutboxChannel) async {
        do {
            while try await outbox.hasten(channel, at: now(), limit: settings.batch) == settings.batch {}
        } catch {
            // It leaves when it is due.
            logger.debug("the outbox waits", metadata: ["error": "\(error)"])
        }
        wake()
    }

    // MARK: Service

    package func run() async throws {
        await withGracefulShutdownHandler {
            // What is stored may have changed while no hub looked. Systems of the shop are not connected like that, and
            // those that were down shall not get all at once.
            if share == .messages { for channel in channels.keys { await hasten(channel) } }
            await withDiscardingTaskGroup { group in
                let clock = Task { await self.keepTime() }
                group.addTask { await self.keepTelling() }
                for await _ in sendings.stream { await send(in: &group) }
                // The group waits for what is under way; then what it led to is told.
                clock.cancel()
                reports.finish()
            }
            await tellAll()
        } onGracefulShutdown: { [self] in
            state.withLock { $0.isStopping = true }
            sendings.finish()
        }
    }

    private func keepTime() async {
        while !Task.isCancelled {
            do {
                try await passTime()
            } catch {
                logger.debug("the outbox waits", metadata: ["error": "\(error)"])
            }
            wake()
            try? await Task.sleep(for: settings.interval)
        }
    }

    private func passTime() async throws {
        switch share {
        case .messages: while try await outbox.pass(at: now(), limit: settings.batch, limits) == settings.batch {}
        case .hooks: return
        }
    }

    // MARK: Sending

    /// Takes entries as long as there are some and not too many are under way.
    private func send(in group: inout DiscardingTaskGroup) async {
        while true {
            let free = state.withLock { $0.isStopping ? 0 : settings.maxUnderWay - $0.underWay }
            guard free > 0 else { return }
            do {
                let taken = try await claim(min(free, settings.batch))
                guard !taken.isEmpty else { return }
                for entry in taken { await begin(entry, in: &group) }
            } catch {
                logger.debug("the outbox waits", metadata: ["error": "\(error)"])
                return
            }
        }
    }

    private func claim(_ wanted: Int) async throws -> [OutboxEntry] {
        let moment = now()
        switch share {
        case .messages:
            let resting = state.withLock { $0.pace.resting(at: moment) }
            return try await outbox.claim(limit: wanted, without: resting, at: moment, limits)
        case .hooks:
            let berths = state.withLock { $0.pace.berths(at: moment) }
            let usual = min(limits.hooks.width, limits.hooks.perSecond)
            return try await outbox.claimHooks(berths, usual: usual, at: moment, limits)
        }
    }

    private func begin(_ entry: OutboxEntry, in group: inout DiscardingTaskGroup) async {
        let moment = now()
        let admission = state.withLock { state in
            let admission = state.pace.admit(entry, at: moment)
            if admission == .go { state.underWay += 1 }
            return admission
        }
        switch admission {
        case .go:
            group.addTask { await self.carryOut(entry) }
        case .wait(let until):
            let take = entry.delivery.takes
            await settle(entry) { $0.release(take: take, until: until) }
        }
    }

    private func carryOut(_ entry: OutboxEntry) async {
        let (start, channel) = (ContinuousClock.now, entry.lane.channel)
        let renewals = state.withLock { $0.renewals[channel] }
        let outcome = await channels[channel]?.now?.send(entry) ?? .refused(.noChannel)
        let (moment, chance) = (now(), Double.random(in: 0...1))
        let isOutdated = state.withLock { state in
            state.tally.ended(outcome, in: ContinuousClock.now - start)
            // How it went for one that was replaced meanwhile says nothing of the one that sends now.
            guard state.renewals[channel] == renewals else { return true }
            state.pace.ended(outcome, of: entry.lane.number, chance: chance, at: moment)
            return false
        }
        log(outcome, of: entry)
        await settle(entry) { [limits] delivery in
            delivery.end(
                take: entry.delivery.takes, outcome, chance: chance, at: moment, limits.of(entry))
            if isOutdated { delivery.hasten(at: moment) }
        }
        state.withLock { $0.underWay -= 1 }
        wake()
    }

    /// Writes down what was decided, however long the store is away: it is not known anywhere else.
    ///
    /// A hub that dies meanwhile leaves the entry to its lease.
    private func settle(_ entry: OutboxEntry, _ decide: @escaping @Sendable (inout OutboxDelivery) -> Void) async {
        let end = now() + limits.lease
        while true {
            do {
                try await outbox.change(entry.id, decide)
                return
            } catch {
                guard now() < end, !Task.isCancelled else {
                    logger.error(
                        "an outbox entry could not be settled; it is unsure from now on",
                        metadata: ["outbox.id": "\(entry.id)", "error": "\(error)"])
                    return
                }
                try? await Task.sleep(for: settings.interval)
            }
        }
    }

    private func log(_ outcome: SendOutcome, of entry: OutboxEntry) {
        guard case .refused(let refusal) = outcome else { return }
        let level: Logger.Level = refusal.kind.stopsNumber || refusal.kind == .restricted ? .error : .info
        logger.log(
            level: level, "a message was refused",
            metadata: [
                "outbox.id": "\(entry.id)", "number": "\(entry.lane.number)", "kind": "\(refusal.kind.name)",
                "code": "\(refusal.problem.code ?? 0)", "details": "\(refusal.problem.details ?? "")",
            ])
    }

    // MARK: Telling rooms

    private func keepTelling() async {
        for await _ in reports.stream { await tellAll() }
    }

    private func tellAll() async {
        // No room shows what is told to systems of the shop.
        guard share == .messages else { return }
        do {
            while !(try await tellSome()) {}
        } catch {
            logger.debug("reports of the outbox wait", metadata: ["error": "\(error)"])
        }
    }

    /// True when nothing is left to tell.
    private func tellSome() async throws -> Bool {
        let untold = try await outbox.untold(limit: settings.batch)
        for report in untold {
            if let progress = report.progress {
                try await reporter.tell(progress, of: report.seq, in: report.room)
            }
            try await outbox.told(report)
        }
        return untold.count < settings.batch
    }
}

extension OutboxRelay: MetricSource {
    package func families() async -> [MetricFamily] {
        let (tally, underWay, stopped, broken) = state.withLock {
            ($0.tally, $0.underWay, $0.pace.stopped, $0.pace.broken)
        }
        var families =
            tally.families(share.metricPrefix) + [
                .gauge("\(share.metricPrefix)_under_way", "Entries that this hub is sending now.", Double(underWay)),
                .gauge(
                    "\(share.metricPrefix)_stopped_numbers", "Numbers that wait for a person to act.",
                    Double(stopped.count)),
                .gauge(
                    "\(share.metricPrefix)_broken_numbers", "Numbers that rest because the provider seems to be away.",
                    Double(broken)),
            ]
        if let counts = try? await outbox.counts(share) {
            families.append(
                .gauge(
                    "\(share.metricPrefix)_entries", "Entries that are not at their end, and those that failed.",
                    OutboxDelivery.State.allCases.compactMap { state in
                        switch state {
                        case .accepted, .cancelled: nil
                        case .queued, .sending, .unsure, .failed:
                            ([.init("state", state.rawValue)], Double(counts[state] ?? 0))
                        }
                    }))
        }
        return families
    }
}

extension SendRefusal {
    fileprivate static let noChannel = SendRefusal(
        .config,
        OutboxProblem(
            StatusMessage(ar: "القناة غير مُعدّة في هذا النظام", en: "This hub is not set up for the channel")))
}
