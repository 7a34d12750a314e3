/// Decides the course of one run: what the model is asked, which tools are called, and how it ends.
///
///     reading ─▶ asking ─▶ writing ─▶ over
///        ▲        │  ▲        │
///        │        ▼  │        │
///        ├──── calling ◀┘     │
///        └────────────────────┘  the customer wrote meanwhile
///
/// What it does is returned as actions, in their order. What comes when it is over changes nothing.
package struct AssistantTurn: Sendable {
    package enum Action: Sendable, Equatable {
        /// Reads the conversation, with at most so many tokens of it.
        case read(maxTokens: Int64)
        case ask(CompletionRequest)
        /// Ends the request that is under way.
        case stopAsking
        case show(String)
        /// What was shown counts no more.
        case takeBack
        /// All at once; each must be answered.
        case call([ToolCall])
        /// `seen` is the last message that it answers.
        case write(MessageBody, seen: SequenceNumber)
        case end(AssistantRun.State)
        case handOver(AssistantHandover.Reason, summary: String)
    }

    /// A tool's answer, or its wish to give the customer to people.
    package struct ToolAnswer: Sendable, Equatable {
        package let call: String
        package let text: String
        /// What the articles say, in place of `text`.
        package let passages: [FoundPassage]
        /// What colleagues are told; nil when the assistant goes on.
        package let handover: String?

        package init(call: String, text: String, passages: [FoundPassage] = [], handover: String? = nil) {
            self.call = call
            self.text = text
            self.passages = passages
            self.handover = handover
        }
    }

    /// What a conversation reads, up to its newest message.
    package struct Reading: Sendable, Equatable {
        package let messages: [CompletionMessage]
        package let upTo: SequenceNumber

        package init(_ messages: [CompletionMessage], upTo: SequenceNumber) {
            self.messages = messages
            self.upTo = upTo
        }
    }

    private enum Phase: Sendable, Equatable {
        case reading, asking, calling, writing, over
    }

    private let rules: AssistantRules
    private let tools: [ToolOffer]
    private var phase = Phase.reading
    private var reading = Reading([], upTo: .zero)
    /// What tools were called and answered in this run. It stays when the customer writes meanwhile: what a tool has
    /// done is done.
    private var called: [CompletionMessage] = []
    /// What was found, and may be cited.
    private var ledger = CitationLedger()
    private var citations = CitationReader()
    private var rounds = 0
    private var maxTokens: Int64
    private var isShown = false
    /// The newest message of the customer that was told.
    private var newest = SequenceNumber.zero

    package init(_ rules: AssistantRules, tools: [ToolOffer]) {
        self.rules = rules
        self.tools = tools
        maxTokens = rules.maxContextTokens
    }

    package var isOver: Bool { phase == .over }

    package func begin() -> [Action] { [.read(maxTokens: maxTokens)] }

    package mutating func read(_ reading: Reading) -> [Action] {
        guard phase == .reading else { return [] }
        guard reading.upTo >= newest else { return [.read(maxTokens: maxTokens)] }
        self.reading = reading
        return ask()
    }

    private mutating func ask() -> [Action] {
        phase = .asking
        citations = CitationReader()
        var request = CompletionRequest(
            [.system(rules.instructions)] + reading.messages + called, tools: tools, maxTokens: rules.maxAnswerTokens,
            temperature: rules.temperature)
        request.version = rules.version
        return forget() + [.ask(request)]
    }

    /// Takes back what was shown: another text follows, or none.
    private mutating func forget() -> [Action] {
        defer { isShown = false }
        return isShown ? [.takeBack] : []
    }

    // MARK: The model

    package mutating func heard(_ piece: String) -> [Action] {
        guard phase == .asking else { return [] }
        let shown = citations.take(piece)
        guard !shown.isEmpty else { return [] }
        isShown = true
        return [.show(shown)]
    }

    package mutating func answered(_ answer: Completion) -> [Action] {
        guard phase == .asking else { return [] }
        guard answer.toolCalls.isEmpty else { return call(answer) }
        var citations = CitationReader()
        let text = (citations.take(answer.refusal ?? answer.text) + citations.finish()).trimmed
        guard !text.isEmpty, answer.finish != .contentFilter else { return giveUp(.unsure) }
        phase = .writing
        let whole = answer.finish == .length ? text + " …" : text
        let cited = CitedText(whole, ledger.sources(cited: citations.numbers))
        return [.write(cited.map(MessageBody.cited) ?? .text(whole), seen: reading.upTo)]
    }

    private mutating func call(_ answer: Completion) -> [Action] {
        guard rounds < rules.maxRounds else { return giveUp(.unsure) }
        rounds += 1
        phase = .calling
        called.append(.assistant(answer.text, calls: answer.toolCalls))
        return forget() + [.call(answer.toolCalls)]
    }

    package mutating func failed(_ failure: CompletionFailure) -> [Action] {
        guard phase == .asking else { return [] }
        if failure.kind == .contextTooLong, maxTokens == rules.maxContextTokens {
            maxTokens /= 4
            return readAgain()
        }
        if case .overBudget(let stop) = failure.kind { return giveUp(.stopped, stop.note) }
        return giveUp(.failed)
    }

    // MARK: Tools

    /// - Parameter answers: One for each call, in any order.
    package mutating func called(_ answers: [ToolAnswer]) -> [Action] {
        guard phase == .calling else { return [] }
        if let summary = answers.lazy.compactMap(\.handover).first {
            phase = .over
            return [.end(.done), .handOver(.asked, summary: summary)]
        }
        called += answers.map { answer in
            .tool(call: answer.call, answer.passages.isEmpty ? answer.text : ledger.note(answer.passages).text)
        }
        return newest > reading.upTo ? readAgain() : ask()
    }

    // MARK: People

    /// The customer wrote: the answer must fit that as well.
    package mutating func customerWrote(_ seq: SequenceNumber) -> [Action] {
        newest = max(newest, seq)
        guard phase == .asking, seq > reading.upTo else { return [] }
        return [.stopAsking] + readAgain()
    }

    /// Somebody else has the conversation now, or stopped the answer.
    package mutating func stopped() -> [Action] {
        guard phase != .over else { return [] }
        let wasAsking = phase == .asking
        phase = .over
        return (wasAsking ? [.stopAsking] : []) + [.end(.cancelled)]
    }

    package mutating func ranOutOfTime() -> [Action] {
        guard phase != .over else { return [] }
        return (phase == .asking ? [.stopAsking] : []) + giveUp(.failed)
    }

    // MARK: The log

    /// The message stands in the log, and the end of the run with it.
    package mutating func written() {
        if phase == .writing { phase = .over }
    }

    /// The log did not take the message.
    ///
    /// - Parameter isOutdated: The customer wrote meanwhile; else it is the assistant's conversation no more.
    package mutating func refused(isOutdated: Bool) -> [Action] {
        guard phase == .writing else { return [] }
        return isOutdated ? readAgain() : stopped()
    }

    private mutating func readAgain() -> [Action] {
        phase = .reading
        return forget() + [.read(maxTokens: maxTokens)]
    }

    private mutating func giveUp(_ reason: AssistantHandover.Reason, _ summary: String = "") -> [Action] {
        phase = .over
        return [.end(.failed), .handOver(reason, summary: summary)]
    }
}
