import Foundation

/// What the model answers: rules, of which the first that is meant is taken.
struct Script: Sendable, Equatable {
    private(set) var rules: [ScriptRule] = []

    /// What was found for a request.
    struct Found: Sendable, Equatable {
        /// The place of the rule; nil when none is meant.
        let place: Int?
        let name: String
        let completion: Completion
        let delivery: [String: JSON]
    }

    init(_ rules: JSON) throws(OpenAIError) {
        guard let list = rules.array else { throw .value("rules", "expected a list") }
        for (place, rule) in list.enumerated() { self.rules.append(try ScriptRule(rule, place: place)) }
    }

    /// A shop assistant who speaks Arabic and English.
    static func shop() throws -> Script {
        let file = try JSON.parse(Data(PackageResources.shop_json))
        return try Script(file["rules"] ?? .null)
    }

    /// Puts rules before those that are there.
    mutating func prepend(_ script: Script) {
        rules.insert(contentsOf: script.rules, at: 0)
    }

    /// `id` begins the ids of calls.
    func find(_ request: ChatRequest, id: String) -> Found {
        let situation = Situation(request)
        for (place, rule) in rules.enumerated() where rule.times != 0 {
            guard let matched = rule.condition.match(situation) else { continue }
            let completion = rule.completion(matched, request, id: id)
            return Found(
                place: place, name: rule.name, completion: Self.obey(request, completion, id: id),
                delivery: rule.delivery)
        }
        let text =
            FoldedText.isArabic(situation.user)
            ? "أنا هنا للمساعدة. هل توضح لي طلبك أكثر؟" : "I am here to help. Could you tell me a little more?"
        return Found(
            place: nil, name: "no rule", completion: Self.obey(request, Completion(text: text), id: id), delivery: [:])
    }

    /// Counts that a rule answered.
    mutating func use(_ found: Found) {
        guard let place = found.place, let times = rules[place].times else { return }
        rules[place].times = times - 1
    }

    /// A call where `tool_choice` asks for one and the script has none.
    private static func obey(_ request: ChatRequest, _ completion: Completion, id: String) -> Completion {
        guard completion.calls.isEmpty, let tool = request.offered.first else { return completion }
        let arguments = CallArguments.fit([:], to: tool.parameters, user: request.userText)
        let call = ToolCall(id: "\(id)0", name: tool.name, arguments: arguments.text)
        switch request.choice {
        case .none, .auto: return completion
        case .required: return Completion(calls: [call])
        // A function that was named by the caller ends with `stop`.
        case .tool: return Completion(calls: [call], reason: "stop")
        }
    }
}
