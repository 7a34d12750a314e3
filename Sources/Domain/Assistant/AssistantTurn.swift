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
        case show(String, startsAnew: Bool)
        /// All at once; each must be answered.
        case call([ToolCall])
        /// `seen` is the last message that it answers.
        case write(String, seen: SequenceNumber)
        case end(AssistantRun.State)
        case handOver(AssistantHandover.Reason, summary: String)
    }

    /// A tool's answer, or its wish to give the customer to people.
    package struct ToolAnswer: Sendable, Equatable {
        package let call: String
        package let text: String
        /// What colleagues are told; nil when the assistant goes on.
        package let handover: String?

        package init(call: String, text: String, handover: String? = nil) {
            self.call = call
            self.text = text
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
        let messages = [.system(rules.instructions)] + reading.messages + called
        return forget() + [
            .ask(
                CompletionRequest(
                    messages, tools: tools, maxTokens: rules.maxAnswerTokens, temperature: rules.temperature))
        ]
    }

    /// Takes back what was shown: another text follows, or none.
    private mutating func forget() -> [Action] {
        defer { isShown = false }
        return isShown ? [.show("", startsAnew: true)] : []
    }

    // MARK: The model

    package mutating func heard(_ piece: String) -> [Action] {
        guard phase == .asking, !piece.isEmpty else { return [] }
        defer { isShown = true }
        return [.show(piece, startsAnew: !isShown)]
    }

    package mutating func answered(_ answer: Completion) -> [Action] {
        guard phase == .asking else { return [] }
        guard answer.toolCalls.isEmpty else { return call(answer) }
        let text = (answer.refusal ?? answer.text).trimmed
        guard !text.isEmpty, answer.finish != .contentFilter else { return giveUp(.unsure) }
        phase = .writing
        return [.write(answer.finish == .length ? text + " …" : text, seen: reading.upTo)]
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
        called += answers.map { .tool(call: $0.call, $0.text) }
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

    private mutating func giveUp(_ reason: AssistantHandover.Reason) -> [Action] {
        phase = .over
        return [.end(.failed), .handOver(reason, summary: "")]
    }
}

extension String {
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
