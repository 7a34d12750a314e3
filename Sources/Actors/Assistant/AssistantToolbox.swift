package import Domain

/// The tools of the assistant, each call of which is written down.
package struct AssistantToolbox: Sendable {
    /// Models write names that nobody offered.
    private static let maxNameLength = 64
    /// Calls that one answer of the model may make.
    private static let maxCalls = 8

    private let tools: [any AssistantTool]
    private let audit: any AuditLog
    private let now: @Sendable () -> Timestamp

    package init(_ tools: [any AssistantTool], audit: any AuditLog, now: @escaping @Sendable () -> Timestamp) {
        self.tools = tools
        self.audit = audit
        self.now = now
    }

    /// Those that may be tried without a customer.
    var harmless: AssistantToolbox { AssistantToolbox(tools.filter(\.isHarmless), audit: audit, now: now) }

    var offers: [ToolOffer] { tools.map(\.offer) }

    /// The answers to all calls, which run side by side; in any order. What is asked for twice is done once.
    func answers(to calls: [ToolCall], in run: AssistantRun.ID) async -> [AssistantTurn.ToolAnswer] {
        var alike: [[ToolCall]] = []
        for call in calls.prefix(Self.maxCalls) {
            if let place = alike.firstIndex(where: { $0[0].name == call.name && $0[0].arguments == call.arguments }) {
                alike[place].append(call)
            } else {
                alike.append([call])
            }
        }
        return await withTaskGroup(of: [AssistantTurn.ToolAnswer].self) { group in
            for calls in alike { group.addTask { await answers(toAlike: calls, in: run) } }
            let rest = calls.dropFirst(Self.maxCalls).map {
                AssistantTurn.ToolAnswer(call: $0.id, text: #"{"error":"these are too many calls at once"}"#)
            }
            return await group.reduce(into: rest) { $0 += $1 }
        }
    }

    /// As `answers`, for no customer: each call is shown to who tries it, and not written down.
    func answersUnwritten(to calls: [ToolCall], in run: AssistantRun.ID) async -> [AssistantTurn.ToolAnswer] {
        var answers: [AssistantTurn.ToolAnswer] = []
        for call in calls { answers.append(Self.answer(await outcome(of: call, in: run), to: call)) }
        return answers
    }

    /// Whatever the model wrote, it gets an answer.
    private func answers(toAlike calls: [ToolCall], in run: AssistantRun.ID) async -> [AssistantTurn.ToolAnswer] {
        let result = await result(of: calls, in: run)
        return calls.map { Self.answer(result, to: $0) }
    }

    private static func answer(_ result: ToolResult, to call: ToolCall) -> AssistantTurn.ToolAnswer {
        switch result {
        case .answer(let json): AssistantTurn.ToolAnswer(call: call.id, text: json.text)
        case .passages(let passages): AssistantTurn.ToolAnswer(call: call.id, text: "[]", passages: passages)
        case .handOver(let summary): AssistantTurn.ToolAnswer(call: call.id, text: "{}", handover: summary)
        }
    }

    private func result(of calls: [ToolCall], in run: AssistantRun.ID) async -> ToolResult {
        do {
            // Nothing is done that is not written down.
            let events = calls.map { call in
                AuditEvent(
                    "assistant.tool_called", AuditSubject(kind: "conversation", id: run.room.text),
                    after: ["tool": .string(String(call.name.prefix(Self.maxNameLength))), "run": .string(run.text)])
            }
            try await audit.record(events, by: .system, at: now())
        } catch {
            return .fault("this does not work now")
        }
        return await outcome(of: calls[0], in: run)
    }

    private func outcome(of call: ToolCall, in run: AssistantRun.ID) async -> ToolResult {
        do {
            guard let tool = tools.first(where: { $0.offer.name == call.name }) else {
                return .fault("there is no such tool")
            }
            let arguments = try JSONParser.parse(call.arguments.isEmpty ? "{}" : call.arguments, maxDepth: 16)
            guard arguments.object != nil else { return .fault("the arguments must be a JSON object") }
            return try await tool.call(arguments, in: run)
        } catch is JSONParseError {
            return .fault("the arguments are no JSON")
        } catch {
            return .fault("this does not work now")
        }
    }
}
