/// Gathers an answer as it comes, so that whoever listens is not woken for every token.
///
///     quiet ─▶ called ─▶ resting ─▶ quiet
///                ▲          │
///                └──────────┘  enough is there, or the end
///
/// What it returns says whether the listener is to be called, who then takes what there is.
package struct AnswerGatherer: Sendable {
    package enum News: Sendable, Equatable {
        case text(String)
        /// The whole answer; what was not taken before is not told by itself.
        case ended(Result<Completion, CompletionFailure>)
    }

    /// For which it rests at least after something was taken.
    package static let pause = Duration.milliseconds(40)
    package static let maxBytes = 256

    private enum State: Sendable {
        case quiet, called, resting
    }

    private var state = State.quiet
    private var text = ""
    private var ending: Result<Completion, CompletionFailure>?

    package init() {}

    package mutating func add(_ piece: String) -> Bool {
        text += piece
        return text.utf8.count >= Self.maxBytes ? call() : state == .quiet && call()
    }

    package mutating func end(_ ending: Result<Completion, CompletionFailure>) -> Bool {
        self.ending = ending
        return call()
    }

    /// It rests no more.
    package mutating func rested() -> Bool {
        guard state == .resting else { return false }
        state = .quiet
        return !text.isEmpty && call()
    }

    private mutating func call() -> Bool {
        defer { state = .called }
        return state != .called
    }

    package var isResting: Bool { state == .resting }

    /// What came since the last time; nil for nothing. It rests when more is to come.
    package mutating func take() -> News? {
        defer {
            state = text.isEmpty || ending != nil ? .quiet : .resting
            text = ""
            ending = nil
        }
        if let ending { return .ended(ending) }
        return text.isEmpty ? nil : .text(text)
    }
}
