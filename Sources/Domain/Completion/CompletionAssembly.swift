/// Puts an answer together from the events of its stream.
///
///     open ─▶ finished ─▶ done
///       └────────┴──▶ failed
///
/// The answer is whole when the model has said why it stopped. A stream that ends before is `truncated`, however
/// cleanly it ends, and nothing of it may be kept as an answer or run as a tool.
package struct CompletionAssembly: Sendable {
    private enum State: Sendable {
        case open
        case finished(Completion.Finish)
        /// The server has said that nothing follows.
        case done(Completion.Finish?)
        case failed(CompletionFailure)
    }

    private struct Call: Sendable {
        var id = ""
        var name = ""
        var arguments = ""
    }

    private var state = State.open
    private var refusal = ""
    private var calls: [Int64: Call] = [:]
    private var usage: TokenUsage?
    /// What there is of the text so far.
    package private(set) var text = ""
    /// How many events brought something of the answer: of its text, of a refusal or of a tool's call.
    package private(set) var pieces = 0

    /// Tools that one answer may call; more is `malformed`.
    private let maxToolCalls: Int

    package init(maxToolCalls: Int = 32) {
        self.maxToolCalls = maxToolCalls
    }

    /// Whether nothing more is expected, so that the connection need not be read on.
    package var isDone: Bool {
        switch state {
        case .done, .failed: true
        case .open, .finished: false
        }
    }

    /// Takes the data of one event, and returns the text that it adds.
    package mutating func feed(_ data: String) -> String {
        let finish: Completion.Finish?
        switch state {
        case .done, .failed: return ""
        case .open: finish = nil
        case .finished(let reason): finish = reason
        }
        guard data != "[DONE]" else {
            state = .done(finish)
            return ""
        }
        guard let chunk = try? JSONParser.parse(data, maxDepth: 32), chunk.object != nil else {
            return fail(.malformed, "an event is no JSON object")
        }
        if let error = chunk["error"] {
            state = .failed(CompletionFailure(streamed: error))
            return ""
        }
        if let told = TokenUsage(json: chunk["usage"]) { usage = told }
        // Other answers were not asked for.
        guard let choice = chunk["choices"]?.array?.first(where: { ($0["index"]?.integer ?? 0) == 0 }) else {
            return ""
        }
        let added = take(choice["delta"] ?? choice["message"] ?? .null)
        if case .open = state, let reason = choice["finish_reason"]?.string {
            state = .finished(Completion.Finish(reason))
        }
        return added
    }

    private mutating func take(_ delta: JSONValue) -> String {
        let refused = delta["refusal"]?.string ?? ""
        let added = delta["content"]?.string ?? ""
        let called = delta["tool_calls"]?.array ?? []
        if !refused.isEmpty || !added.isEmpty || !called.isEmpty { pieces += 1 }
        refusal += refused
        for (position, piece) in called.enumerated() {
            let index = piece["index"]?.integer ?? Int64(position)
            guard calls[index] != nil || calls.count < maxToolCalls else {
                return fail(.malformed, "more than \(maxToolCalls) tools in one answer")
            }
            var call = calls[index] ?? Call()
            // Some servers repeat both with every piece.
            if call.id.isEmpty { call.id = piece["id"]?.string ?? "" }
            let function = piece["function"]
            if call.name.isEmpty { call.name = function?["name"]?.string ?? "" }
            call.arguments += function?["arguments"]?.string ?? ""
            calls[index] = call
        }
        text += added
        return added
    }

    private mutating func fail(_ kind: CompletionFailure.Kind, _ details: String) -> String {
        state = .failed(CompletionFailure(kind, details))
        return ""
    }

    /// The stream has ended: the whole answer.
    ///
    /// Throws `truncated` when the model had not finished, and what the server said in the middle of the stream.
    package func finish() throws(CompletionFailure) -> Completion {
        let finish: Completion.Finish
        switch state {
        case .failed(let failure): throw failure
        case .finished(let reason), .done(.some(let reason)): finish = reason
        case .open, .done(.none): throw CompletionFailure(.truncated, "the stream ended before the model had finished")
        }
        let called = finish == .toolCalls || finish == .stop ? try toolCalls() : []
        return Completion(
            text: text, refusal: refusal.isEmpty ? nil : refusal, toolCalls: called, finish: finish, usage: usage)
    }

    /// In the order of their index. Each needs an id and a name, or its answer could not be given.
    private func toolCalls() throws(CompletionFailure) -> [ToolCall] {
        var list: [ToolCall] = []
        for index in calls.keys.sorted() {
            guard let call = calls[index], !call.id.isEmpty, !call.name.isEmpty else {
                throw CompletionFailure(.malformed, "a tool was called without an id or a name")
            }
            list.append(ToolCall(id: call.id, name: call.name, arguments: call.arguments))
        }
        return list
    }
}
