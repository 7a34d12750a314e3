import Domain
import Logging
import Wire

/// Drives one run: does what `AssistantTurn` says, and tells it what came of it.
actor AssistantWriter {
    /// What comes to the run, one after the other.
    private enum Input: Sendable {
        case read(AssistantTurn.Reading)
        /// `request` tells apart what is still wanted from what is not.
        case part(CompletionPart, request: Int)
        case failed(CompletionFailure, request: Int)
        case called([AssistantTurn.ToolAnswer])
        case event(RoomEvent)
        case pause
        case outOfTime
    }

    private let id: AssistantRun.ID
    private let environment: AssistantEnvironment
    private let inputs: AsyncStream<Input>
    private let mailbox: AsyncStream<Input>.Continuation
    private var turn: AssistantTurn
    private var model: (any LanguageModel)?
    private var gatherer = DeltaGatherer()
    private var isPausing = false
    private var requests = 0
    private var asking: Task<Void, Never>?
    private var helpers: [Task<Void, Never>] = []

    init(_ id: AssistantRun.ID, _ environment: AssistantEnvironment) {
        self.id = id
        self.environment = environment
        (inputs, mailbox) = AsyncStream.makeStream()
        turn = AssistantTurn(AssistantRules(instructions: ""), tools: [])
    }

    // MARK: From the beginning to the end

    func write(with model: any LanguageModel) async {
        self.model = model
        environment.board.listen(to: id.room) { [mailbox] in mailbox.yield(.event($0)) }
        defer { environment.board.ignore(id.room) }
        do {
            let rules = AssistantRules(try await environment.settings.shop())
            turn = AssistantTurn(rules, tools: environment.tools.map(\.offer))
            try await Task.sleep(for: rules.patience)
            let start = Draft(
                author: .assistant, mid: .start(of: id), content: .run(AssistantRun(id, .started)), basis: basis())
            guard try await !environment.rooms.append(start, to: id.room).isDuplicate else {
                return await giveUp(.failed)
            }
            helpers.append(after(rules.maxTime, .outOfTime))
            await answer()
        } catch is CancellationError {
            return
        } catch let error as HubError where error.code == .conflict {
            // A person was faster.
        } catch {
            environment.logger.warning("the assistant could not begin", metadata: metadata(error))
        }
        asking?.cancel()
        for helper in helpers { helper.cancel() }
    }

    /// Ends a run of which nobody knows how far it got, and gives the customer to people.
    func giveUp(_ reason: AssistantHandover.Reason) async {
        await perform([.end(.failed), .handOver(reason, summary: "")])
    }

    private func answer() async {
        await perform(turn.begin())
        guard !turn.isOver else { return }
        for await input in inputs {
            await perform(take(input))
            if turn.isOver { return }
        }
    }

    private func take(_ input: Input) -> [AssistantTurn.Action] {
        switch input {
        case .read(let reading): return turn.read(reading)
        case .part(.text(let piece), requests): return turn.heard(piece)
        case .part(.whole(let whole), requests): return turn.answered(whole)
        case .failed(let failure, requests): return turn.failed(failure)
        case .part, .failed: return []
        case .called(let answers): return turn.called(answers)
        case .event(let event): return hear(event)
        case .pause:
            isPausing = false
            flush()
            return []
        case .outOfTime: return turn.ranOutOfTime()
        }
    }

    private func hear(_ event: RoomEvent) -> [AssistantTurn.Action] {
        switch event.content {
        case .message where event.author.kind.isCustomer: turn.customerWrote(event.seq)
        case .assignment(_, let epoch) where epoch != id.epoch: turn.stopped()
        case .run where event.ends(id): turn.stopped()
        case .message, .edit, .deletion, .reaction, .status, .assignment, .state, .membership, .labels, .clock, .survey,
            .rating, .run:
            []
        }
    }

    // MARK: Actions

    private func perform(_ actions: [AssistantTurn.Action]) async {
        for action in actions { await perform(action) }
    }

    private func perform(_ action: AssistantTurn.Action) async {
        switch action {
        case .read(let maxTokens): read(maxTokens)
        case .ask(let request): ask(request)
        case .stopAsking:
            requests += 1
            asking?.cancel()
        case .show(let piece): show(piece)
        case .takeBack:
            gatherer.forget()
            publish("", startsAnew: true)
        case .call(let calls): call(calls)
        case .write(let text, let seen): await write(text, seen: seen)
        case .end(let state):
            let draft = Draft(author: .hub, mid: .end(of: id), content: .run(AssistantRun(id, state)))
            await patiently("end a run") { _ = try await self.environment.rooms.append(draft, to: self.id.room) }
        case .handOver(let reason, let summary): await handOver(reason, summary)
        }
    }

    private func read(_ maxTokens: Int64) {
        help { [environment, id] in
            let page = HistoryPage(position: .newest, limit: 100)
            let history = FoldedHistory(try await environment.log.history(of: id.room, page))
            return .read(AssistantTurn.Reading(history.messages, maxTokens: maxTokens))
        }
    }

    private func ask(_ request: CompletionRequest) {
        requests += 1
        gatherer.forget()
        environment.signs?.staffTyped(in: id.room)
        guard let answer = model?.answer(request) else { return }
        asking = Task { [mailbox, requests] in
            do {
                for try await part in answer {
                    mailbox.yield(.part(part, request: requests))
                }
            } catch let failure as CompletionFailure {
                mailbox.yield(.failed(failure, request: requests))
            } catch {
                // Nobody wants the answer any more.
            }
        }
    }

    private func show(_ piece: String) {
        if let text = gatherer.take(piece, at: .now) {
            publish(text)
        } else if !isPausing {
            isPausing = true
            _ = after(DeltaGatherer.maxPause, .pause)
        }
    }

    private func flush() {
        if let text = gatherer.flush(at: .now) { publish(text) }
    }

    private func publish(_ text: String, startsAnew: Bool = false) {
        environment.rooms.room(id.room).tell { [id] in $0.show(text, of: id, startsAnew: startsAnew) }
    }

    private func call(_ calls: [ToolCall]) {
        help { [environment, id] in
            .called(
                await withTaskGroup(of: AssistantTurn.ToolAnswer.self) { group in
                    for call in calls { group.addTask { await environment.answer(call, in: id) } }
                    return await group.reduce(into: []) { $0.append($1) }
                })
        }
    }

    private func write(_ text: String, seen: SequenceNumber) async {
        let draft = Draft(
            author: .assistant, mid: .message(of: id), content: .message(.text(text), replyTo: nil),
            basis: basis(seen: seen))
        do {
            try await repeatedly { _ = try await self.environment.rooms.append(draft, to: self.id.room) }
            turn.written()
        } catch let error as HubError {
            await perform(turn.refused(isOutdated: !error.missed.isEmpty))
        } catch {
            // The hub stops: another one gives the customer to people.
        }
    }

    private func handOver(_ reason: AssistantHandover.Reason, _ summary: String) async {
        await patiently("hand over") { [environment, id] in
            let shop = try await environment.settings.shop()
            let locale = try await environment.conversations.summaries(of: [id.room]).first?.contact.locale
            try await environment.routing.handOver(
                AssistantHandover(
                    room: id.room, epoch: id.epoch, team: nil,
                    note: AssistantWords.note(reason, summary: summary),
                    notice: AssistantWords.notice(reason, in: shop.language(ofLocale: locale)), reason: reason))
        }
    }

    // MARK: Help

    private func basis(seen: SequenceNumber? = nil) -> WriteBasis { WriteBasis(seen: seen, epoch: id.epoch) }

    /// Does something that brings an input, and tries it again while the store is away.
    private func help(_ work: @escaping @Sendable () async throws -> Input) {
        helpers.append(
            Task { [environment, mailbox] in
                while !Task.isCancelled {
                    do {
                        mailbox.yield(try await work())
                        return
                    } catch {
                        try? await Task.sleep(for: environment.limits.retry)
                    }
                }
            })
    }

    private func after(_ time: Duration, _ input: Input) -> Task<Void, Never> {
        Task { [mailbox] in
            guard (try? await Task.sleep(for: time)) != nil else { return }
            mailbox.yield(input)
        }
    }

    /// Repeats what may pass by itself. Throws what does not, and cancellation.
    private func repeatedly(_ work: () async throws -> Void) async throws {
        while true {
            do {
                return try await work()
            } catch let error as HubError where error.code == .busy || error.code == .unavailable {
                try await Task.sleep(for: error.retryAfter ?? environment.limits.retry)
            }
        }
    }

    /// As `repeatedly`, for what needs not be done when it is refused.
    private func patiently(_ what: String, _ work: () async throws -> Void) async {
        do {
            try await repeatedly(work)
        } catch let error as HubError where error.code == .conflict || error.code == .notFound {
            // It is over or was never begun, or somebody else has the conversation.
        } catch {
            environment.logger.warning("the assistant could not \(what)", metadata: metadata(error))
        }
    }

    private func metadata(_ error: any Error) -> Logger.Metadata {
        ["run": "\(id)", "error": "\((error as? HubError)?.code.rawValue ?? "cancelled")"]
    }
}

extension AssistantEnvironment {
    /// Runs one tool. Whatever the model wrote, it gets an answer.
    fileprivate func answer(_ call: ToolCall, in run: AssistantRun.ID) async -> AssistantTurn.ToolAnswer {
        let result: ToolResult
        if let tool = tools.first(where: { $0.offer.name == call.name }) {
            do {
                // Nothing is done that is not written down.
                let event = AuditEvent(
                    "assistant.tool_called", AuditSubject(kind: "conversation", id: run.room.text),
                    after: ["tool": .string(call.name), "run": .string(run.text)])
                try await audit.record([event], by: .system, at: now())
                let arguments = try JSONParser.parse(call.arguments.isEmpty ? "{}" : call.arguments, maxDepth: 16)
                result =
                    arguments.object == nil
                    ? .fault("the arguments must be a JSON object") : try await tool.call(arguments, in: run)
            } catch is JSONParseError {
                result = .fault("the arguments are no JSON")
            } catch {
                result = .fault("this does not work now")
            }
        } else {
            result = .fault("there is no such tool")
        }
        switch result {
        case .answer(let json): return AssistantTurn.ToolAnswer(call: call.id, text: json.text)
        case .handOver(let summary):
            return AssistantTurn.ToolAnswer(call: call.id, text: "{}", handover: summary)
        }
    }
}
