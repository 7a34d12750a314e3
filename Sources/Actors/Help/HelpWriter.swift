import Domain
import Logging
import Wire

/// Drives one request for help: does what `HelpTurn` says, and tells it what came of it.
actor HelpWriter {
    /// What comes to the request, one after the other.
    private enum Input: Sendable {
        case read(Result<HelpMaterial, HubError>)
        /// The model said something.
        case heard
        case stop
        case outOfTime
    }

    private let id: HelpID
    private let request: HelpRequest
    private let asker: HelpAsker
    private let model: any LanguageModel
    private let environment: HelpEnvironment
    private let gateway: any RoomGateway
    private let desk: HelpDesk
    private let inputs: AsyncStream<Input>
    private nonisolated let mailbox: AsyncStream<Input>.Continuation
    private let listener: ModelListener
    /// Bytes of the text that were sent.
    private var sent = 0
    private var helpers: [Task<Void, Never>] = []

    init(
        _ id: HelpID,
        _ request: HelpRequest,
        _ asker: HelpAsker,
        _ model: any LanguageModel,
        _ environment: HelpEnvironment,
        _ gateway: any RoomGateway,
        _ desk: HelpDesk
    ) {
        self.id = id
        self.request = request
        self.asker = asker
        // In a conversation, or elsewhere.
        let room = asker.side == nil ? nil : request.room
        self.model = environment.ledger.meter(model, for: ModelUse(request.kind.purpose, in: room))
        self.environment = environment
        self.gateway = gateway
        self.desk = desk
        let (inputs, mailbox) = AsyncStream<Input>.makeStream()
        (self.inputs, self.mailbox) = (inputs, mailbox)
        listener = ModelListener(environment.pace) { mailbox.yield(.heard) }
    }

    /// Its asker does not want it any more, or may not have it.
    nonisolated func stop() {
        mailbox.yield(.stop)
    }

    // MARK: From the beginning to the end

    func write() async {
        do {
            let rules = HelpRules(try await environment.settings.shop())
            try request.check(rules.maxCharacters)
            if let wait = desk.wait(
                of: asker.user.id, perMinute: rules.requestsPerMinute, at: environment.now(),
                maxPeople: environment.limits.maxPeople)
            {
                throw HubError(.rateLimited, "too many requests for help: ask again in a moment", retryAfter: wait)
            }
            var turn = HelpTurn(request, rules)
            helpers.append(after(rules.maxTime, .outOfTime))
            perform(turn.begin())
            for await input in inputs {
                perform(take(input, &turn))
                if turn.isOver { break }
            }
        } catch {
            refuse(HubError(reporting: error, to: environment.logger))
        }
        listener.stop()
        for helper in helpers { helper.cancel() }
    }

    private func take(_ input: Input, _ turn: inout HelpTurn) -> [HelpTurn.Action] {
        switch input {
        case .read(let material): return turn.read(material)
        case .heard: return hear(&turn)
        case .stop: return turn.stopped()
        case .outOfTime: return turn.ranOutOfTime()
        }
    }

    private func hear(_ turn: inout HelpTurn) -> [HelpTurn.Action] {
        switch listener.take() {
        case nil: []
        case .text(let piece): turn.heard(piece)
        case .ended(.success(let whole)): turn.answered(whole)
        case .ended(.failure(let failure)): turn.failed(failure)
        }
    }

    // MARK: Actions

    private func perform(_ actions: [HelpTurn.Action]) {
        for action in actions { perform(action) }
    }

    private func perform(_ action: HelpTurn.Action) {
        switch action {
        case .read(let maxTokens): read(maxTokens)
        case .accept:
            if let id = asker.replyID { asker.connection.send(Reply.helping(id, self.id)) }
        case .refuse(let error): refuse(error)
        case .ask(let request): ask(request)
        case .stopAsking: listener.stop()
        case .show(let piece): send(piece)
        case .end(let ending):
            desk.ended(id, ending.state)
            asker.connection.send(PushEncoder.help(id, in: request.room, ending))
        }
    }

    private func refuse(_ error: HubError) {
        desk.ended(id, "refused")
        asker.connection.refuse(error, id: asker.replyID)
    }

    private func read(_ maxTokens: Int64) {
        helpers.append(
            Task { [mailbox, environment, gateway, request, asker] in
                do {
                    // They had joined; whether they still may be there is asked as of any question.
                    try await gateway.authorize(.staff(asker.user), in: request.room)
                    let reader = HelpReader(log: environment.log)
                    mailbox.yield(
                        .read(.success(try await reader.read(for: request, side: asker.side, maxTokens: maxTokens))))
                } catch {
                    mailbox.yield(.read(.failure(HubError(reporting: error, to: environment.logger))))
                }
            })
    }

    private func ask(_ question: CompletionRequest) {
        listener.ask(model, question)
    }

    private func send(_ text: String) {
        asker.connection.sendDroppable(PushEncoder.help(id, in: request.room, at: sent, text))
        sent += text.utf8.count
    }

    private func after(_ time: Duration, _ input: Input) -> Task<Void, Never> {
        Task { [mailbox] in
            guard (try? await Task.sleep(for: time)) != nil else { return }
            mailbox.yield(input)
        }
    }
}
