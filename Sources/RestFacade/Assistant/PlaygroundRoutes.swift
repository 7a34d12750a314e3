import Actors
import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// Tries the assistant before customers meet it.
struct PlaygroundRoutes: EndpointGroup {
    let playground: AssistantPlayground
    let audit: any AuditLog
    /// Each test costs money.
    let limiter: RateLimiter

    let title = "Assistant: playground"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .post, path: "/ai/test", id: "testAssistant",
                summary: "Plays a conversation with the assistant, without a room and without any effect.",
                right: .settingsWrite,
                body: .json(Self.question),
                answers: [
                    .init(
                        status: .ok,
                        note: "The answer; with `Accept: text/event-stream` as a stream of `delta` (`t`), `take_back`, "
                            + "`tool_call`, and at the end `done` (the answer) or `problem`.",
                        content: .either(Self.answer, orMedia: "text/event-stream")),
                    .init(
                        status: .conflict, note: "No model is set up, or it refuses what is: `detail` says what.",
                        content: .media("application/problem+json")),
                ],
                run: test
            )
        ]
    }

    private func test(_ call: Call) async throws -> Response {
        try limiter.take(call.caller.key, at: call.at).pass()
        let question = try Self.question(call.body)
        let event = AuditEvent(
            "assistant.tested", AuditSubject(kind: "setting", id: ShopSetting.assistantInstructions.key),
            after: ["own_instructions": .bool(question.instructions != nil)])
        try await audit.record([event], by: call.actor, at: call.at)
        guard call.request.headers[.accept]?.contains("text/event-stream") == true else {
            let answer = try await playground.play(question) { _ in }
            return .json { $0.value(answer.document) }
        }
        return stream(question, call.request, call.context)
    }

    private func stream(
        _ question: AssistantPlayground.Question,
        _ request: Request,
        _ context: RestContext
    ) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                // Who goes away ends the request to the model.
                try await request.body.consumeWithCancellationOnInboundClose { rest in
                    rest.letGo()
                    try await play(question, into: &writer)
                }
                try await writer.finish(nil)
            }
        )
    }

    @concurrent
    private func play(_ question: AssistantPlayground.Question, into writer: inout any ResponseBodyWriter) async throws
    {
        try await writer.write(ByteBuffer(string: ": here\n\n"))
        do {
            for try await piece in playground.pieces(of: question) {
                let event =
                    switch piece {
                    case .text(let text): Self.event("delta", ["t": .string(text)])
                    case .takeBack: Self.event("take_back", [:])
                    case .called(let call): Self.event("tool_call", call.document)
                    case .done(let answer): Self.event("done", answer.document)
                    }
                try await writer.write(event)
            }
        } catch {
            // Status and headers are sent: what went wrong is told as an event.
            guard let problem = Problem(catching: error) else { throw error }
            try await writer.write(
                Self.event(
                    "problem",
                    [
                        "status": .integer(Int64(problem.status.code)), "code": .string(problem.code),
                        "detail": .string(problem.detail),
                    ]))
        }
    }

    private static func event(_ name: String, _ data: JSONValue) -> ByteBuffer {
        ByteBuffer(string: "event: \(name)\ndata: \(data.text)\n\n")
    }

    private static func question(_ body: Members) throws(HubError) -> AssistantPlayground.Question {
        var messages: [CompletionMessage] = []
        for message in try body.objects("messages") ?? [] {
            let text = try message.text("text") ?? ""
            messages.append(try message.text("role") == "assistant" ? .assistant(text) : .user(text))
        }
        guard case .user = messages.last else {
            throw .invalid([FieldProblem("/messages", "order", "the last one must be the customer's, with role user")])
        }
        let languages = try body.texts("languages")?.compactMap(ChatLanguage.init)
        guard languages.map({ Set($0).count == $0.count }) ?? true else {
            throw .invalid([FieldProblem("/languages", "twice", "must be different languages")])
        }
        return AssistantPlayground.Question(
            messages, instructions: try body.text("instructions"), tone: try body.choice("tone"), languages: languages)
    }

    // MARK: Schemas

    private static let message = Schema.object(
        ObjectSchema(
            name: "PlaygroundMessage",
            members: [
                .required("role", .choice(["user", "assistant"]), "The customer, or the assistant."),
                .required("text", .text(TextRule(.prose, 1...4000))),
            ]
        ))

    private static let question = Schema.object(
        ObjectSchema(
            name: "PlaygroundQuestion",
            members: [
                .required("messages", .list(message, count: 1...100), "What was said, up to what the customer writes."),
                .optional("instructions", .line(4000), "Instead of `assistant.instructions`."),
                .optional("tone", .choice(AssistantManner.Tone.self), "Instead of `assistant.tone`."),
                .optional(
                    "languages", .list(.choice(ChatLanguage.self), count: 1...ChatLanguage.allCases.count),
                    "Instead of `assistant.languages`."),
            ]
        ))

    private static let usage = Schema.object(
        ObjectSchema(
            name: "PlaygroundUsage",
            members: [
                .required("prompt_tokens", .count), .required("completion_tokens", .count),
                .required("estimated", .boolean),
            ]
        ))

    private static let call = Schema.object(
        ObjectSchema(
            name: "PlaygroundCall",
            members: [
                .required("name", .anyText), .required("arguments", .anyText, "As the model wrote it."),
                .required("result", .anyText, "What the model was told."),
            ]
        ))

    private static let handover = Schema.object(
        ObjectSchema(
            name: "PlaygroundHandover",
            members: [
                .required("reason", .choice(AssistantHandover.Reason.self)), .required("summary", .anyText),
            ]
        ))

    private static let answer = Schema.object(
        ObjectSchema(
            name: "PlaygroundAnswer",
            members: [
                .required("text", .nullable(.anyText), "Null when the customer would be given to people."),
                .required("tool_calls", .list(call, count: 0...200)),
                .required("handover", .nullable(handover)),
                .required("usage", usage),
                .required("cost_micros", .count, "In millionths of the currency."),
                .required("currency", .nullable(.line(3))),
                .required("version", .nullable(.count), "Of `assistant.instructions`; null for others."),
            ]
        ))
}
