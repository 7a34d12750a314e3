/// Which optional parts of the protocol a server takes; servers that speak it differ.
package struct CompletionDialect: Sendable, Equatable {
    /// `max_completion_tokens`, or `max_tokens` as older servers call it.
    package private(set) var tokenLimit = "max_completion_tokens"
    package private(set) var takesStreamOptions = true
    package private(set) var takesParallelCalls = true
    package private(set) var takesTemperature = true

    package init() {}

    /// Learns from a refusal that names a parameter; returns whether the request reads otherwise now.
    package mutating func learn(from failure: CompletionFailure) -> Bool {
        guard case .badRequest(let parameter?) = failure.kind else { return false }
        let before = self
        switch parameter.prefix(while: { $0 != "." && $0 != "[" }) {
        case "max_completion_tokens": tokenLimit = "max_tokens"
        case "stream_options": takesStreamOptions = false
        case "parallel_tool_calls": takesParallelCalls = false
        case "temperature": takesTemperature = false
        default: break
        }
        return self != before
    }
}
