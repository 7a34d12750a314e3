/// Writes an answer as the events of a stream.
///
/// Source: OpenAI API reference, "Chat completion chunk".
struct CompletionFrames {
    private let request: ChatRequest
    private let delivery: Delivery
    /// What every chunk begins with, up to its choices.
    private let head: String

    init(id: String, created: Int64, request: ChatRequest, delivery: Delivery) {
        self.request = request
        self.delivery = delivery
        let model = JSON.string(request.model).text
        head = """
            {"id":"\(id)","object":"chat.completion.chunk","created":\(created),"model":\(model),\
            "service_tier":"default","system_fingerprint":"fp_fake"
            """
    }

    func frames(_ completion: Completion) -> [StreamFrame] {
        let opening = completion.calls.isEmpty || completion.text != nil ? #""""# : "null"
        var frames = [frame(.role, #"{"role":"assistant","content":\#(opening),"refusal":null}"#)]
        for piece in Tokens.pieces(completion.text ?? "") {
            frames.append(frame(.token, #"{"content":\#(JSON.string(piece).text)}"#))
        }
        for piece in Tokens.pieces(completion.refusal ?? "") {
            frames.append(frame(.token, #"{"refusal":\#(JSON.string(piece).text)}"#))
        }
        frames += callFrames(completion.calls)
        frames.append(frame(.finish, "{}", reason: completion.finishReason))
        if request.includesUsage {
            let usage = completion.usage(prompt: request.promptTokens).text
            frames.append(StreamFrame(kind: .usage, payload: #"\#(head),"choices":[],"usage":\#(usage)}"#))
        }
        frames.append(StreamFrame(kind: .done, payload: "[DONE]"))
        return frames
    }

    private func frame(_ kind: StreamFrame.Kind, _ delta: String, reason: String? = nil) -> StreamFrame {
        let reason = reason.map { JSON.string($0).text } ?? "null"
        let choice = #"{"index":0,"delta":\#(delta),"logprobs":null,"finish_reason":\#(reason)}"#
        let usage = request.includesUsage ? #","usage":null"# : ""
        // The padding hides how long a piece was; here it is merely of several lengths.
        let padding = String(repeating: "x", count: 1 + delta.utf8.count * 7 % 16)
        let obfuscation = delivery.hasObfuscation ? #","obfuscation":"\#(padding)""# : ""
        return StreamFrame(kind: kind, payload: #"\#(head),"choices":[\#(choice)]\#(usage)\#(obfuscation)}"#)
    }

    private func callFrames(_ calls: [ToolCall]) -> [StreamFrame] {
        let lines = calls.enumerated().map { place, call in fragments(call, at: place) }
        guard delivery.interleavesCalls else { return lines.flatMap(\.self) }
        let longest = lines.map(\.count).max() ?? 0
        return (0..<longest).flatMap { step in lines.compactMap { step < $0.count ? $0[step] : nil } }
    }

    private func fragments(_ call: ToolCall, at place: Int) -> [StreamFrame] {
        let name = JSON.string(call.name).text
        let identity =
            #""index":\#(place),"id":"\#(call.id)","type":"function","function":{"name":\#(name),"arguments":"#
        func fragment(_ arguments: String, isFirst: Bool) -> StreamFrame {
            let start = isFirst || delivery.repeatsNames ? identity : #""index":\#(place),"function":{"arguments":"#
            return frame(.token, #"{"tool_calls":[{\#(start)\#(JSON.string(arguments).text)}}]}"#)
        }
        if delivery.hasWholeCalls { return [fragment(call.arguments, isFirst: true)] }
        return [fragment("", isFirst: true)]
            + Tokens.pieces(call.arguments).map { fragment($0, isFirst: false) }
    }
}
