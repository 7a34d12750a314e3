/// What the model answers in one situation.
struct ScriptRule: Sendable, Equatable {
    struct Call: Sendable, Equatable {
        let tool: String
        /// An object is filled as a template; a string is sent as it is, whether it is JSON or not.
        let arguments: JSON
        /// Whether arguments take the names that the tool declares; see `CallArguments`.
        let isFitted: Bool
    }

    let name: String
    let condition: ScriptCondition
    var text: String?
    var refusal: String?
    var calls: [Call] = []
    var reason: String?
    let delivery: [String: JSON]
    /// How many answers it still gives; nil for no end.
    var times: Int?

    /// `{name?, when?, answer: {text?, refusal?, tool_calls?, finish_reason?}, delivery?, times?}`
    init(_ body: JSON, place: Int) throws(OpenAIError) {
        let known: Set<String> = ["name", "when", "answer", "delivery", "times"]
        if let stranger = body.object?.keys.first(where: { !known.contains($0) }) {
            throw .value("rules[\(place)].\(stranger)", "there is no such member of a rule")
        }
        guard let answer = body["answer"] else { throw .missing("rules[\(place)].answer") }
        name = body["name"]?.string ?? "rule \(place)"
        condition = try ScriptCondition(body["when"] ?? [:])
        text = answer["text"]?.string
        refusal = answer["refusal"]?.string
        reason = answer["finish_reason"]?.string
        for call in answer["tool_calls"]?.array ?? [] {
            guard let tool = call["name"]?.string else { throw .missing("rules[\(place)].answer.tool_calls.name") }
            calls.append(Call(tool: tool, arguments: call["arguments"] ?? [:], isFitted: call["fit"]?.bool ?? false))
        }
        guard text != nil || refusal != nil || !calls.isEmpty else {
            throw .value("rules[\(place)].answer", "expected text, refusal or tool_calls")
        }
        delivery = body["delivery"]?.object ?? [:]
        var trial = Delivery()
        try trial.change(delivery)
        times = body["times"]?.integer.map { Int($0) }
    }

    /// The answer, filled with values of the situation; `id` begins the ids of calls.
    func completion(_ situation: Situation, _ request: ChatRequest, id: String) -> Completion {
        let made = calls.prefix(request.allowsParallelCalls ? calls.count : 1).enumerated().map { place, call in
            let tool = request.tools.first { $0.name == call.tool }
            var arguments = call.arguments
            if arguments.string == nil { arguments = ScriptTemplate.fill(arguments, situation) }
            if call.isFitted { arguments = CallArguments.fit(arguments, to: tool?.parameters, user: situation.user) }
            return ToolCall(id: "\(id)\(place)", name: call.tool, arguments: arguments.string ?? arguments.text)
        }
        return Completion(
            text: text.map { ScriptTemplate.fill($0, situation) },
            refusal: refusal.map { ScriptTemplate.fill($0, situation) }, calls: made, reason: reason)
    }
}
