/// Decides the course of one request for help: what is read and asked, what is shown, and how it ends.
///
///     reading ─▶ asking ─▶ over
///        ▲          │
///        └──────────┘  the model cannot read so much
///
/// What it does is returned as actions, in their order. What comes when it is over changes nothing.
package struct HelpTurn: Sendable {
    package enum Action: Sendable, Equatable {
        case read(maxTokens: Int64)
        /// The request is good: the asker is told its name.
        case accept
        /// It never began.
        case refuse(HubError)
        case ask(CompletionRequest)
        /// Ends the request that is under way.
        case stopAsking
        case show(String)
        case end(Ending)
    }

    package enum Ending: Sendable, Equatable {
        /// The whole text. `missing` are codes, links and numbers that a translation should have and has not.
        case done(String, missing: [String])
        /// Its asker stopped it, left the room or may not see it any more.
        case cancelled
        case failed(HubError)

        package var state: String {
            switch self {
            case .done: "done"
            case .cancelled: "cancelled"
            case .failed: "failed"
            }
        }
    }

    private enum Phase: Sendable, Equatable {
        case reading, asking, over
    }

    private let request: HelpRequest
    private let rules: HelpRules
    private var phase = Phase.reading
    private var isAccepted = false
    private var maxTokens: Int64
    private var prompt: HelpPrompt?
    private var marks = MarkReader([])
    private var isShown = false

    package init(_ request: HelpRequest, _ rules: HelpRules) {
        self.request = request
        self.rules = rules
        maxTokens = rules.maxContextTokens
    }

    package var isOver: Bool { phase == .over }

    package func begin() -> [Action] { [.read(maxTokens: maxTokens)] }

    package mutating func read(_ material: Result<HelpMaterial, HubError>) -> [Action] {
        guard phase == .reading else { return [] }
        switch material {
        case .failure(let error): return end(.failed(error))
        case .success(let material):
            let prompt = HelpPrompt(request, material, rules)
            self.prompt = prompt
            marks = MarkReader(prompt.kept?.pieces ?? [])
            phase = .asking
            defer { isAccepted = true }
            return (isAccepted ? [] : [.accept]) + [.ask(prompt.request)]
        }
    }

    // MARK: The model

    package mutating func heard(_ piece: String) -> [Action] {
        guard phase == .asking else { return [] }
        let text = marks.take(piece)
        let news = isShown ? text : String(text.drop(while: \.isWhitespace))
        guard !news.isEmpty else { return [] }
        isShown = true
        return [.show(news)]
    }

    package mutating func answered(_ answer: Completion) -> [Action] {
        guard phase == .asking else { return [] }
        var marks = MarkReader(prompt?.kept?.pieces ?? [])
        let text = (marks.take(answer.text) + marks.flush()).trimmed
        guard !text.isEmpty, answer.refusal == nil, answer.finish != .contentFilter else {
            return end(.failed(.noHelp))
        }
        let missing = prompt?.kept?.missing(from: text, used: marks.used) ?? []
        return end(.done(answer.finish == .length ? text + " …" : text, missing: missing))
    }

    package mutating func failed(_ failure: CompletionFailure) -> [Action] {
        guard phase == .asking else { return [] }
        if failure.kind == .contextTooLong, maxTokens == rules.maxContextTokens, request.kind != .translation {
            maxTokens /= 4
            phase = .reading
            return [.read(maxTokens: maxTokens)]
        }
        return end(.failed(HubError(help: failure)))
    }

    // MARK: People and time

    /// Its asker does not want it any more, or may not have it.
    package mutating func stopped() -> [Action] { giveUp(.cancelled) }

    package mutating func ranOutOfTime() -> [Action] {
        giveUp(.failed(.helpTooSlow))
    }

    private mutating func giveUp(_ ending: Ending) -> [Action] {
        guard phase == .asking else { return phase == .over ? [] : end(ending) }
        return [.stopAsking] + end(ending)
    }

    private mutating func end(_ ending: Ending) -> [Action] {
        phase = .over
        guard !isAccepted else { return [.end(ending)] }
        switch ending {
        case .failed(let error): return [.refuse(error)]
        case .done, .cancelled: return [.refuse(HubError(.notJoined, "the room was left before the help began"))]
        }
    }
}
