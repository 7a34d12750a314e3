package import Domain
package import Logging
import ServiceLifecycle
import Synchronization

/// Writes down what the language model takes, and asks the budgets before it is asked.
///
/// Everybody on this hub writes through here: all that waits goes into one transaction, so that the sums of a day are
/// locked once for many requests. What the store cannot take is kept and tried again.
package final class UsageLedger: Service {
    private struct Asked {
        let request: ModelRequest
        let answer: CheckedContinuation<BudgetVerdict, any Error>
    }

    private struct State {
        var asked: [Asked] = []
        var owed: [ModelUsage] = []
        /// Whether the hub stops: then a store that is away is not waited for.
        var isClosing = false
        var isClosed = false
        var lost: UInt64 = 0
        var refused: [Budget: UInt64] = [:]
        var tokens: [ModelPurpose: UInt64] = [:]
    }

    private let store: any UsageStore
    private let hours: HoursBook
    /// The name of the model of now, as it is written down.
    let model: Live<String>
    private let limits: LedgerLimits
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let state = Mutex(State())
    private let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation

    package init(
        store: any UsageStore,
        hours: HoursBook,
        model: Live<String>,
        limits: LedgerLimits = LedgerLimits(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.store = store
        self.hours = hours
        self.model = model
        self.limits = limits
        self.now = now
        self.logger = logger
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    // MARK: Writing down

    /// The language model as somebody uses it: within the budgets, and with what it takes written down.
    package func meter(_ model: any LanguageModel, for use: ModelUse) -> any LanguageModel {
        MeteredModel(model, use, self)
    }

    /// Writes down what a request took that did not pass through `meter`, as one for vectors.
    package func record(_ tokens: TokenUsage, for use: ModelUse, model: String? = nil) {
        settle(ModelUsage(request(for: use, estimate: tokens, model: model), took: tokens))
    }

    func request(
        for use: ModelUse,
        estimate: TokenUsage,
        version: Int64? = nil,
        beginsAnswer: Bool = false,
        model: String? = nil
    ) -> ModelRequest {
        let moment = now()
        return ModelRequest(
            .make(at: moment), use, model: model ?? self.model.now, at: moment, version: version, estimate: estimate,
            beginsAnswer: beginsAnswer)
    }

    /// What a request took. It is written soon, and again until it is.
    func settle(_ usage: ModelUsage) {
        state.withLock { state in
            state.owed.append(usage)
            state.tokens[usage.request.use.purpose, default: 0] += UInt64(clamping: usage.tokens.total)
        }
        wakeUp.yield()
    }

    /// Holds the estimate of a request, if it may be made. Throws what the store throws.
    func open(_ request: ModelRequest) async throws -> BudgetVerdict {
        try await withCheckedThrowingContinuation { continuation in
            let isClosed = state.withLock { state in
                if !state.isClosed { state.asked.append(Asked(request: request, answer: continuation)) }
                return state.isClosed
            }
            if isClosed { continuation.resume(throwing: CancellationError()) } else { wakeUp.yield() }
        }
    }

    /// Why the next answer in a conversation may not begin; nil when it may, or when the store does not say.
    package func stop(of use: ModelUse) async -> BudgetStop? {
        guard let rules = try? await rules() else { return nil }
        return try? await store.verdict(for: use, rules, at: now()).stop
    }

    var retry: Duration { limits.retry }

    /// Of `tokens` at the prices of now, in millionths of the currency.
    package func cost(of tokens: TokenUsage) async throws -> (amount: Int64, currency: Currency) {
        let price = try await rules().price
        return (price.cost(of: tokens), price.currency)
    }

    // MARK: The store

    package func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.tidy() }
            group.addTask {
                await withGracefulShutdownHandler {
                    for await _ in self.wakeUps { await self.flush() }
                } onGracefulShutdown: {
                    self.state.withLock { $0.isClosing = true }
                    self.wakeUp.finish()
                }
            }
            await group.next()
            group.cancelAll()
        }
        state.withLock { ($0.isClosing, $0.isClosed) = (true, true) }
        await flush()
        let left = state.withLock { state in
            defer { (state.asked, state.owed) = ([], []) }
            return (asked: state.asked, owed: state.owed.count)
        }
        for asked in left.asked { asked.answer.resume(throwing: CancellationError()) }
        if left.owed > 0 { lose(left.owed) }
    }

    private func tidy() async {
        while !Task.isCancelled {
            do {
                let rules = try await rules()
                let moment = now() - limits.lifetime
                while try await store.tidy(before: moment, rules, limit: limits.batch) == limits.batch {}
            } catch {
                logger.debug("the ledger is not tidied now", metadata: ["error": "\(error)"])
            }
            guard (try? await Task.sleep(for: limits.tidying)) != nil else { return }
        }
    }

    /// Writes until nothing waits.
    private func flush() async {
        var failures = 0
        while let (asked, owed) = take() {
            do {
                let rules = try await rules()
                if !owed.isEmpty { tell(try await settle(owed, rules)) }
                guard !asked.isEmpty else { continue }
                await answer(asked, rules)
            } catch {
                putBack(owed)
                for each in asked { each.answer.resume(throwing: error) }
                failures += 1
                guard failures < limits.lastTries || !state.withLock({ $0.isClosing }) else { return }
                try? await Task.sleep(for: limits.retry)
            }
        }
    }

    private func take() -> (asked: [Asked], owed: [ModelUsage])? {
        state.withLock { state in
            let batch = (asked: Array(state.asked.prefix(limits.batch)), owed: Array(state.owed.prefix(limits.batch)))
            state.asked.removeFirst(batch.asked.count)
            state.owed.removeFirst(batch.owed.count)
            return batch.asked.isEmpty && batch.owed.isEmpty ? nil : batch
        }
    }

    private func putBack(_ owed: [ModelUsage]) {
        let tooMany = state.withLock { state in
            state.owed.insert(contentsOf: owed, at: 0)
            let tooMany = max(0, state.owed.count - limits.maxOwed)
            state.owed.removeFirst(tooMany)
            return tooMany
        }
        if tooMany > 0 { lose(tooMany) }
    }

    /// Throws when the store is away. What it will never take is given up, each for itself.
    private func settle(_ owed: [ModelUsage], _ rules: BudgetRules) async throws -> [BudgetAlert] {
        do {
            return try await store.settle(owed, rules, at: now())
        } catch let error as HubError where !error.isPassing {
            guard owed.count > 1 else {
                lose(owed.count)
                return []
            }
            var alerts: [BudgetAlert] = []
            for usage in owed { alerts += try await settle([usage], rules) }
            return alerts
        }
    }

    private func answer(_ asked: [Asked], _ rules: BudgetRules) async {
        do {
            let (verdicts, alerts) = try await store.open(asked.map(\.request), rules, at: now())
            state.withLock { state in
                for stop in verdicts.compactMap(\.stop) { state.refused[stop.budget, default: 0] += 1 }
            }
            for (asked, verdict) in zip(asked, verdicts) { asked.answer.resume(returning: verdict) }
            tell(alerts)
        } catch {
            for each in asked { each.answer.resume(throwing: error) }
        }
    }

    private func rules() async throws -> BudgetRules {
        let shop = try await hours.shop()
        return BudgetRules(shop, zone: hours.hours(of: shop, at: now()).zone)
    }

    // MARK: Telling

    private func tell(_ alerts: [BudgetAlert]) {
        for alert in alerts {
            let metadata: Logger.Metadata = [
                "budget": "\(alert.budget.rawValue)", "period": "\(alert.key.period.dropFirst())",
                "bound": "\(alert.bound)", "spent": "\(alert.spent)",
            ]
            switch alert.level {
            case .warned: logger.notice("a budget of the language model is nearly used up", metadata: metadata)
            case .stopped: logger.warning("a budget of the language model is used up", metadata: metadata)
            }
        }
    }

    private func lose(_ count: Int) {
        state.withLock { $0.lost += UInt64(count) }
        logger.error("usage of the language model could not be written down", metadata: ["count": "\(count)"])
    }

    /// The shop's budgets as they stand, for people; throws what the store throws.
    package func standing() async throws -> BudgetStanding {
        let rules = try await rules()
        let periods = rules.periods(at: now())
        let (day, month) = (SpendingKey.day(periods.day), SpendingKey.month(periods.month))
        let sums = try await store.spending(of: [day, month])
        return BudgetStanding(
            rules, periods, [.day: sums[day] ?? Spending(), .month: sums[month] ?? Spending()])
    }
}

extension UsageLedger: MetricSource {
    package func families() async -> [MetricFamily] {
        let (owed, lost, refused, tokens) = state.withLock { ($0.owed.count, $0.lost, $0.refused, $0.tokens) }
        var families: [MetricFamily] = [
            .gauge("hub_model_usage_waiting", "Requests that are not written down yet.", Double(owed)),
            .counter("hub_model_usage_lost_total", "Requests that could not be written down.", Double(lost)),
            .counter(
                "hub_model_tokens_total", "Tokens that this hub's requests took, by what for.",
                ModelPurpose.allCases.map { ([MetricFamily.Label("purpose", $0.rawValue)], Double(tokens[$0] ?? 0)) }),
            .counter(
                "hub_model_refused_total", "Requests that a budget did not let through.",
                Budget.allCases.map { ([MetricFamily.Label("budget", $0.rawValue)], Double(refused[$0] ?? 0)) }),
        ]
        if let standing = try? await standing() { families += standing.families }
        return families
    }
}

extension HubError {
    /// Whether the same may do better later.
    fileprivate var isPassing: Bool {
        switch code {
        case .busy, .unavailable, .rateLimited: true
        case .badRequest, .unauthorized, .forbidden, .notFound, .notJoined, .tooLarge, .midConflict, .conflict,
            .notEnough, .stale, .invalid, .keyReused, .internal:
            false
        }
    }
}
