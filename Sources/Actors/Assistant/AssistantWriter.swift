import Domain
import Logging
import Wire

/// Drives one run: does what `AssistantTurn` says, and tells it what came of it.
actor AssistantWriter {
    /// What comes to the run, one after the other.
    private enum Input: Sendable {
        case read(AssistantTurn.Reading)
        /// The model said something.
        case heard
        case called([AssistantTurn.ToolAnswer])
        case event(RoomEvent)
        case outOfTime
    }

    private let pen: AssistantPen
    private let model: any LanguageModel
    private let reader: AssistantReader
    private let rules: AssistantRules
    private let environment: AssistantEnvironment
    private let inputs: AsyncStream<Input>
    private let mailbox: AsyncStream<Input>.Continuation
    private let listener: ModelListener
    private var turn: AssistantTurn
    private var helpers: [Task<Void, Never>] = []

    init(_ pen: AssistantPen, _ model: any LanguageModel, _ reader: AssistantReader, _ rules: AssistantRules) {
        self.pen = pen
        self.model = model
        self.reader = reader
        self.rules = rules
        environment = pen.environment
        turn = AssistantTurn(rules, tools: environment.tools.offers)
        let (inputs, mailbox) = AsyncStream<Input>.makeStream()
        (self.inputs, self.mailbox) = (inputs, mailbox)
        listener = ModelListener(environment.pace) { mailbox.yield(.heard) }
    }

    private nonisolated var id: AssistantRun.ID { pen.id }

    // MARK: From the beginning to the end

    func run() async {
        environment.board.listen(to: id.room) { [mailbox] in mailbox.yield(.event($0)) }
        defer { environment.board.ignore(id.room) }
        do {
            try await Task.sleep(for: rules.patience)
            try await pen.begin()
            helpers.append(after(rules.maxTime, .outOfTime))
            await answer()
        } catch is AssistantPen.AlreadyBegun {
            await pen.giveUp(.failed)
        } catch is CancellationError {
            return
        } catch let error as HubError where error.code == .conflict {
            // A person was faster.
        } catch {
            pen.failed(to: "begin", error)
        }
        listener.stop()
        for helper in helpers { helper.cancel() }
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
        case .heard: return hear()
        case .called(let answers): return turn.called(answers)
        case .event(let event): return hear(event)
        case .outOfTime: return turn.ranOutOfTime()
        }
    }

    private func hear() -> [AssistantTurn.Action] {
        switch listener.take() {
        case nil: []
        case .text(let piece): turn.heard(piece)
        case .ended(.success(let whole)): turn.answered(whole)
        case .ended(.failure(let failure)): turn.failed(failure)
        }
    }

    private func hear(_ event: RoomEvent) -> [AssistantTurn.Action] {
        switch event.content {
        case .message where event.author.kind.isCustomer: turn.customerWrote(event.seq)
        case .assignment(_, let epoch) where epoch != id.epoch: turn.stopped()
        case .state(let state, _) where state != .open: turn.stopped()
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
        case .stopAsking: listener.stop()
        case .show(let piece): publish(piece)
        case .takeBack: publish("", startsAnew: true)
        case .call(let calls): call(calls)
        case .write(let body, let seen): await write(body, seen: seen)
        case .end(let state): await pen.end(state)
        case .handOver(let reason, let summary): await pen.handOver(reason, summary)
        }
    }

    private func read(_ maxTokens: Int64) {
        help { [reader] in .read(try await reader.read(maxTokens: maxTokens)) }
    }

    private func ask(_ request: CompletionRequest) {
        environment.signs?.staffTyped(in: id.room)
        listener.ask(model, request)
    }

    private func publish(_ text: String, startsAnew: Bool = false) {
        environment.rooms.room(id.room).tell { [id] in $0.show(text, of: id, startsAnew: startsAnew) }
    }

    private func call(_ calls: [ToolCall]) {
        help { [environment, id] in .called(await environment.tools.answers(to: calls, in: id)) }
    }

    private func write(_ body: MessageBody, seen: SequenceNumber) async {
        do {
            try await pen.write(body, seen: seen)
            turn.written()
        } catch let error as HubError {
            await perform(turn.refused(isOutdated: !error.missed.isEmpty))
        } catch {
            // The hub stops: another one gives the customer to people.
        }
    }

    // MARK: Help

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
}
