/// A whole answer of a language model.
package struct Completion: Sendable, Equatable {
    /// Why the model stopped.
    package enum Finish: Sendable, Equatable {
        case stop
        /// It ran into the limit of tokens: the text is cut off.
        case length
        case toolCalls
        case contentFilter
        /// A reason that is not known here; the answer is whole all the same.
        case other(String)

        init(_ reason: String) {
            switch reason {
            case "stop": self = .stop
            case "length": self = .length
            case "tool_calls", "function_call": self = .toolCalls
            case "content_filter": self = .contentFilter
            default: self = .other(reason)
            }
        }
    }

    package let text: String
    /// Why the model will not answer; shown instead of an answer.
    package let refusal: String?
    /// In the order of the model. Empty unless it finished with them: calls that were cut off are not run.
    package let toolCalls: [ToolCall]
    package let finish: Finish
    /// Nil when the server said nothing of it.
    package let usage: TokenUsage?

    package init(text: String, refusal: String?, toolCalls: [ToolCall], finish: Finish, usage: TokenUsage?) {
        self.text = text
        self.refusal = refusal
        self.toolCalls = toolCalls
        self.finish = finish
        self.usage = usage
    }
}
