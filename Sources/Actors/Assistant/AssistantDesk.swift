package import Domain
import Logging
import ServiceLifecycle

/// Finds customers who wait for the assistant, and has each of them answered by one hub.
package actor AssistantDesk: Service {
    private let environment: AssistantEnvironment
    private var writing: [RoomID: Task<Void, Never>] = [:]
    /// Runs that ended a moment ago. Whoever waits all the same was not answered, and is not tried again at once.
    private var ended: [AssistantRun.ID: Timestamp] = [:]
    private var renewedAt = Timestamp(milliseconds: 0)
    private var begun: UInt64 = 0

    package init(_ environment: AssistantEnvironment) {
        self.environment = environment
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await self.work() }
    }

    private func work() async {
        let (board, limits) = (environment.board, environment.limits)
        await withDiscardingTaskGroup { group in
            group.addTask {
                while !Task.isCancelled {
                    board.wake()
                    try? await Task.sleep(for: limits.glance)
                }
            }
            for await _ in board.wakeUps {
                do {
                    try await look()
                } catch {
                    environment.logger.debug("the assistant waits for the store", metadata: ["error": "\(error)"])
                }
            }
        }
        // What is not written by now is taken over by another hub, or by this one when it is there again.
        for task in writing.values { task.cancel() }
    }

    private func look() async throws {
        try await keepLeases()
        let room = environment.limits.maxRuns - writing.count
        guard room > 0 else { return }
        let moment = environment.now() - environment.limits.pause
        ended = ended.filter { $0.value > moment }
        for run in try await environment.runs.waiting(limit: room)
        where writing[run.room] == nil && ended[run] == nil {
            guard try await environment.runs.claim(run, by: environment.hub, until: lease) else { continue }
            begin(run, isLeft: false)
        }
    }

    private var lease: Timestamp { environment.now() + environment.limits.lease }

    /// Says that this hub lives, and ends what others left.
    private func keepLeases() async throws {
        let now = environment.now()
        guard renewedAt + environment.limits.lease / 3 <= now else { return }
        if !writing.isEmpty { try await environment.runs.renew(by: environment.hub, until: lease) }
        renewedAt = now
        let left = try await environment.runs.takeOver(
            at: now, by: environment.hub, until: lease, limit: environment.limits.maxRuns)
        for run in left where writing[run.room] == nil { begin(run, isLeft: true) }
    }

    private func begin(_ run: AssistantRun.ID, isLeft: Bool) {
        let pen = AssistantPen(id: run, environment: environment)
        writing[run.room] = Task {
            switch environment.model.now {
            case nil: await pen.giveUp(.stopped)
            case .some where isLeft: await pen.giveUp(.failed)
            case .some(let model): await answer(with: model, pen)
            }
            await end(run)
        }
    }

    private func answer(with model: any LanguageModel, _ pen: AssistantPen) async {
        do {
            let rules = AssistantRules(try await environment.settings.shop())
            let use = ModelUse(.answer, for: pen.id)
            if let stop = await environment.ledger.stop(of: use) { return await pen.giveUp(.stopped, stop.note) }
            begun += 1
            let reader = AssistantReader(
                room: pen.id.room, environment: environment,
                model: environment.ledger.meter(model, for: ModelUse(.summary, for: pen.id)))
            await AssistantWriter(pen, environment.ledger.meter(model, for: use), reader, rules).run()
        } catch {
            pen.failed(to: "begin", error)
        }
    }

    private func end(_ run: AssistantRun.ID) async {
        do {
            try await environment.runs.end(run, by: environment.hub)
        } catch {
            // The lease ends by itself; then the run is found to be over.
            environment.logger.debug("a run could not be ended", metadata: ["error": "\(error)"])
        }
        writing[run.room] = nil
        ended[run] = environment.now()
        environment.board.wake()
    }
}

extension AssistantDesk: MetricSource {
    package func families() async -> [MetricFamily] {
        [
            .gauge("hub_assistant_runs", "Customers whom the assistant answers now.", Double(writing.count)),
            .counter("hub_assistant_runs_total", "Answers that the assistant began.", Double(begun)),
        ]
    }
}
