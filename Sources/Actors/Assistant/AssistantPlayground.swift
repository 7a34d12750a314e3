package import Domain

/// Plays a conversation with the model as a customer would meet it, without any room and without any effect.
///
/// It is driven by the same `AssistantTurn` as an answer. Only tools that read what the shop shows everybody are run.
package struct AssistantPlayground: Sendable {
    /// What is played.
    package struct Question: Sendable {
        /// The last one is what the customer writes.
        package let messages: [CompletionMessage]
        /// Instead of what the settings say; nil for those.
        package let instructions: String?
        package let tone: AssistantManner.Tone?
        package let languages: [ChatLanguage]?

        package init(
            _ messages: [CompletionMessage],
            instructions: String? = nil,
            tone: AssistantManner.Tone? = nil,
            languages: [ChatLanguage]? = nil
        ) {
            self.messages = messages
            self.instructions = instructions
            self.tone = tone
            self.languages = languages
        }
    }

    /// What is seen while it is played.
    package enum Piece: Sendable {
        case text(String)
        /// What was shown counts no more.
        case takeBack
        case called(PlaygroundCall)
        /// The last one.
        case done(PlaygroundAnswer)
    }

    private let model: Live<(any LanguageModel)?>
    private let ledger: UsageLedger
    private let tools: AssistantToolbox
    private let settings: HoursBook
    private let now: @Sendable () -> Timestamp

    /// - Parameter model: Nil while none is set up.
    package init(
        model: Live<(any LanguageModel)?>,
        ledger: UsageLedger,
        tools: AssistantToolbox,
        settings: HoursBook,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.model = model
        self.ledger = ledger
        self.tools = tools.harmless
        self.settings = settings
        self.now = now
    }

    /// As `play`, piece by piece. Who stops listening ends the request to the model.
    package func pieces(of question: Question) -> AsyncThrowingStream<Piece, any Error> {
        AsyncThrowingStream { continuation in
            let work = Task {
                do {
                    let answer = try await play(question) { continuation.yield($0) }
                    continuation.yield(.done(answer))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in work.cancel() }
        }
    }

    /// Throws `conflict` without a model and when it refuses what is set up, `rate_limited` when a budget is used up,
    /// and `unavailable` when it cannot be reached or breaks off.
    package func play(_ question: Question, show: @Sendable (Piece) -> Void) async throws -> PlaygroundAnswer {
        guard let model = model.now else {
            throw HubError.conflict(
                "no language model is set up: connect OpenAI, or set OPENAI_API_KEY and OPENAI_MODEL")
        }
        let shop = try await settings.shop()
        var manner = AssistantManner(shop)
        if let instructions = question.instructions { (manner.instructions, manner.version) = (instructions, nil) }
        manner = AssistantManner(
            instructions: manner.instructions, tone: question.tone ?? manner.tone,
            languages: question.languages ?? manner.languages, version: manner.version)
        let rules = AssistantRules(shop, manner)
        let metered = ledger.meter(model, for: ModelUse(.playground))
        // Tools are told a conversation; this one does not exist.
        let run = AssistantRun.ID(room: .make(at: now()), question: SequenceNumber(1), epoch: 0)
        var turn = AssistantTurn(rules, tools: tools.offers)
        var answer = PlaygroundAnswer(version: manner.version)
        var actions = turn.begin()
        while !actions.isEmpty {
            let action = actions.removeFirst()
            switch action {
            case .read(let maxTokens):
                actions += turn.read(AssistantTurn.Reading(question.messages, fitting: maxTokens))
            case .ask(let request):
                actions += try await ask(request, metered, &turn, &answer, show)
            case .stopAsking: break
            case .show(let piece): show(.text(piece))
            case .takeBack: show(.takeBack)
            case .call(let calls):
                let answers = await tools.answersUnwritten(to: calls, in: run)
                for call in calls {
                    let told = answers.first { $0.call == call.id }
                    let made = PlaygroundCall(
                        name: call.name, arguments: call.arguments, result: told?.text ?? "{}")
                    answer.calls.append(made)
                    show(.called(made))
                }
                actions += turn.called(answers)
            case .write(let body, _):
                answer.text = body.fullText
                turn.written()
            case .end: break
            case .handOver(let reason, let summary): answer.handover = (reason, summary)
            }
        }
        let cost = try await ledger.cost(of: answer.usage)
        answer.cost = cost.amount
        answer.currency = cost.currency
        return answer
    }

    private func ask(
        _ request: CompletionRequest,
        _ model: any LanguageModel,
        _ turn: inout AssistantTurn,
        _ answer: inout PlaygroundAnswer,
        _ show: @Sendable (Piece) -> Void
    ) async throws -> [AssistantTurn.Action] {
        var meter = AnswerMeter(prompt: request.estimatedTokens)
        let (pieces, mailbox) = AsyncStream<String>.makeStream()
        async let asked = {
            defer { mailbox.finish() }
            return try await model.answer(request) { mailbox.yield($0) }
        }()
        for await piece in pieces {
            meter.hear(piece)
            for case .show(let text) in turn.heard(piece) { show(.text(text)) }
        }
        do {
            let whole = try await asked
            answer.add(meter.usage(of: whole))
            return turn.answered(whole)
        } catch let failure as CompletionFailure {
            answer.add(meter.usage(after: failure))
            let actions = turn.failed(failure)
            // What a shorter reading can mend is asked again.
            guard !actions.contains(where: \.isReading) else { return actions }
            throw failure.problem
        }
    }
}

extension AssistantTurn.Action {
    fileprivate var isReading: Bool {
        switch self {
        case .read: true
        case .ask, .stopAsking, .show, .takeBack, .call, .write, .end, .handOver: false
        }
    }
}

extension CompletionFailure {
    /// What whoever tries the assistant is told; the server's own words may hold a part of the key.
    fileprivate var problem: HubError {
        let pause = retryAfter ?? .seconds(5)
        return switch kind {
        case .badCredential: .conflict("the language model refused the key: check OPENAI_API_KEY")
        case .unknownModel: .conflict("the server does not know the model: check OPENAI_MODEL and OPENAI_BASE_URL")
        case .badRequest: .conflict("the language model refused the request: does it speak the API, with tools?")
        case .contextTooLong: .conflict("this is more than the model can read: lower assistant.context_tokens")
        case .outOfCredit: .conflict("the account of the language model has no credit left")
        case .tooFast: HubError(.rateLimited, "the language model is asked too often: wait", retryAfter: pause)
        case .overloaded, .unreachable, .truncated, .malformed, .resting:
            HubError(
                .unavailable, "the language model does not answer (\(kind.name)): try again in a while",
                retryAfter: pause)
        case .overBudget(let stop):
            HubError(
                .rateLimited, "a budget is used up: \(stop.budget.words.en). Raise it in the settings, or wait.",
                retryAfter: .seconds(60))
        }
    }
}
