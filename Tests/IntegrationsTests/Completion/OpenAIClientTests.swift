import Domain
import HubTestKit
import Logging
import NIOCore
import Synchronization
import Testing

@testable import Integrations

@Suite(.timeLimit(.minutes(5))) struct OpenAIClientTests {
    private static let key = "sk-secret-key"
    private static let question = CompletionRequest([.system("كن موجزا"), .user("كم السعر؟")])

    /// What was shown piece by piece, with the whole answer at the end.
    private struct Answer: Equatable {
        var shown = ""
        var whole: Completion?
        var failure: CompletionFailure.Kind?
    }

    private static func client(
        _ url: String,
        _ adjust: (inout CompletionLimits) -> Void = { _ in }
    ) -> OpenAIClient {
        var account = OpenAIClient.Account(model: "small", key: key)
        account.baseURL = url
        var limits = CompletionLimits()
        limits.retry.firstPause = .milliseconds(1)
        adjust(&limits)
        return OpenAIClient(
            account, limits: limits, logger: Logger(label: "test"), now: { Timestamp(milliseconds: 1_795_000_000_000) },
            chance: { 0 })
    }

    private static func ask(_ client: OpenAIClient, _ request: CompletionRequest = question) async throws -> Answer {
        let shown = Mutex("")
        var answer = Answer()
        do {
            answer.whole = try await client.answer(request) { piece in shown.withLock { $0 += piece } }
        } catch let failure as CompletionFailure {
            answer.failure = failure.kind
            #expect(!failure.details.contains(key))
        }
        answer.shown = shown.withLock { $0 }
        return answer
    }

    /// Asks once of a server with this script; the answer and what the server was asked.
    private static func ask(
        _ acts: ScriptedServer.Act...,
        adjust: (inout CompletionLimits) -> Void = { _ in }
    ) async throws -> (Answer, [String]) {
        let server = try await ScriptedServer(acts)
        let client = client(server.url, adjust)
        let answer = try await ask(client)
        await client.close()
        return (answer, server.requests)
    }

    private static func stream(_ events: [String], length: Int? = nil) -> String {
        let body = events.map { "data: \($0)\r\n\r\n" }.joined()
        return """
            HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: \(length ?? body.utf8.count)\r\n\r\n
            """ + body
    }

    private static func piece(_ text: String) -> String { #"{"choices":[{"index":0,"delta":{"content":"\#(text)"}}]}"# }

    private static let end = [
        #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
        #"{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}"#, "[DONE]",
    ]

    private static let good = ScriptedServer.Act.answer(stream([piece("خمسون "), piece("ريالا")] + end))

    private static let whole = Completion(
        text: "خمسون ريالا", refusal: nil, toolCalls: [], finish: .stop, usage: TokenUsage(prompt: 7, completion: 2))

    @Test func anAnswerComesInPieces() async throws {
        let (answer, requests) = try await Self.ask(Self.good)
        #expect(answer == Answer(shown: "خمسون ريالا", whole: Self.whole))
        let request = try #require(requests.first)
        #expect(request.hasPrefix("POST /chat/completions HTTP/1.1\r\n"))
        #expect(request.contains("Authorization: Bearer \(Self.key)\r\n"))
        let body = try JSONParser.parse(
            String(try #require(request.split(separator: "\r\n\r\n", maxSplits: 1).last)), maxDepth: 16)
        #expect(
            body == [
                "model": "small", "stream": true, "stream_options": ["include_usage": true],
                "temperature": .number(0.2),
                "max_completion_tokens": 600,
                "messages": [
                    ["role": "system", "content": "كن موجزا"], ["role": "user", "content": "كم السعر؟"],
                ],
            ])
    }

    @Test func toolsAreOfferedAndTheirAnswersFollowTheirCalls() throws {
        let call = ToolCall(id: "call_1", name: "find", arguments: "{}")
        let request = CompletionRequest(
            [.user("؟"), .assistant("", calls: [call]), .tool(call: "call_1", "[]")],
            tools: [ToolOffer(name: "find", purpose: "Finds.", parameters: ["type": "object"])])
        let body = request.json(model: "m", CompletionDialect())
        #expect(body["parallel_tool_calls"] == true)
        #expect(
            body["tools"] == [
                [
                    "type": "function",
                    "function": ["name": "find", "description": "Finds.", "parameters": ["type": "object"]],
                ]
            ])
        let messages = try #require(body["messages"]?.array)
        #expect(messages[1]["content"] == nil && messages[1]["tool_calls"]?.array?.first?["id"] == "call_1")
        #expect(messages[2] == ["role": "tool", "tool_call_id": "call_1", "content": "[]"])
    }

    @Test func whatPassesIsAskedAgain() async throws {
        for act in [
            ScriptedServer.json(503, "<html>"), .hangUp, .breakOff("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"),
            ScriptedServer.json(429, #"{"error":{"code":"rate_limit_exceeded"}}"#, headers: ["retry-after-ms: 2"]),
        ] {
            let (answer, requests) = try await Self.ask(act, act, Self.good)
            #expect(answer.whole == Self.whole && requests.count == 3)
        }
        let (answer, requests) = try await Self.ask(ScriptedServer.json(500, ""))
        #expect(answer == Answer(failure: .overloaded) && requests.count == 3)
    }

    @Test(arguments: [
        (401, #"{"error":{"code":"invalid_api_key"}}"#, CompletionFailure.Kind.badCredential),
        (429, #"{"error":{"code":"insufficient_quota"}}"#, .outOfCredit),
        (400, #"{"error":{"code":"context_length_exceeded"}}"#, .contextTooLong),
        (302, "", .badRequest(parameter: nil)),
    ])
    func whatDoesNotPassIsNot(_ status: Int, _ body: String, _ kind: CompletionFailure.Kind) async throws {
        let (answer, requests) = try await Self.ask(ScriptedServer.json(status, body))
        #expect(answer == Answer(failure: kind) && requests.count == 1)
    }

    @Test func whatWasShownIsNeverAskedForAgain() async throws {
        let broken = Self.stream([Self.piece("خمسون ")], length: 9999)
        for act in [.breakOff(broken), ScriptedServer.Act.answer(Self.stream([Self.piece("خمسون ")]))] {
            let (answer, requests) = try await Self.ask(act)
            #expect(answer == Answer(shown: "خمسون ", failure: .truncated) && requests.count == 1)
        }
    }

    @Test func anAnswerIsOverWhenItSaysSo() async throws {
        let open = ScriptedServer.Act.answer(
            Self.stream([Self.piece("خمسون "), Self.piece("ريالا")] + Self.end, length: 9999))
        let (answer, _) = try await Self.ask(open)
        #expect(answer.whole == Self.whole, "though the server leaves the stream open")
    }

    @Test func aConnectionServesOneAnswerAfterTheOther() async throws {
        try await ScriptedServer.with(Self.good, Self.good, Self.good) { server in
            let client = Self.client(server.url)
            for _ in 0..<3 { try await expect(client, \.whole, Self.whole) }
            #expect(server.connections == 1)
            await client.close()
        }
    }

    @Test func whatStandsStillEnds() async throws {
        let (silent, requests) = try await Self.ask(.silence) { limits in
            limits.firstPiece = .seconds(2)
            limits.retry.maxRetries = 1
        }
        #expect(silent == Answer(failure: .truncated) && requests.count == 2)
        let stalled = ScriptedServer.Act.answer(Self.stream([Self.piece("خمسون ")], length: 9999))
        let (answer, _) = try await Self.ask(stalled) { $0.nextPiece = .seconds(2) }
        #expect(answer == Answer(shown: "خمسون ", failure: .truncated))
        let (long, _) = try await Self.ask(stalled) { $0.whole = .milliseconds(200) }
        #expect(long.failure == .truncated)
    }

    @Test func aLongCallOfAToolDoesNotStandStill() async throws {
        let call =
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"x"}}]}}]}"#
        let events = Array(repeating: call, count: 30) + Self.end
        let whole = Self.stream(events)
        let cut = whole.ranges(of: "data: ").map(\.lowerBound)
        let parts = zip(cut, cut.dropFirst() + [whole.endIndex]).map { String(whole[$0..<$1]) }
        let slow = ScriptedServer.Act.answerSlowly([String(whole[..<cut[0]])] + parts, pause: .milliseconds(100))
        let (answer, requests) = try await Self.ask(slow) { limits in
            limits.firstPiece = .seconds(2)
            limits.nextPiece = .seconds(2)
        }
        #expect(answer.whole?.toolCalls.first?.arguments == String(repeating: "x", count: 30) && requests.count == 1)
    }

    @Test func aServerIsAskedInItsOwnDialect() async throws {
        func refusal(_ parameter: String) -> ScriptedServer.Act {
            ScriptedServer.json(400, #"{"error":{"message":"unknown","param":"\#(parameter)","code":null}}"#)
        }
        try await ScriptedServer.with(
            refusal("stream_options"), refusal("max_completion_tokens"), Self.good, Self.good, refusal("max_tokens")
        ) { server in
            let client = Self.client(server.url)
            for _ in 0..<2 { try await expect(client, \.whole, Self.whole) }
            #expect(server.requests.count == 4, "what was learned is kept")
            #expect(server.requests[3].contains("max_tokens") && !server.requests[3].contains("stream_options"))
            try await expect(client, \.failure, .badRequest(parameter: "max_tokens"))
            await client.close()
        }
    }

    @Test func aServiceThatFailsIsLeftAlone() async throws {
        try await ScriptedServer.with(ScriptedServer.json(500, "")) { server in
            let client = Self.client(server.url) { $0.retry.maxRetries = 0 }
            for _ in 0..<5 { try await expect(client, \.failure, .overloaded) }
            try await expect(client, \.failure, .resting)
            #expect(server.requests.count == 5)
            await client.close()
        }
    }

    @Test func whoStopsListeningEndsTheRequest() async throws {
        let stalled = ScriptedServer.Act.answer(Self.stream([Self.piece("خمسون ")], length: 9999))
        try await ScriptedServer.with(stalled) { server in
            let client = Self.client(server.url)
            let (pieces, mailbox) = AsyncStream<String>.makeStream()
            let listener = Task { try await client.answer(Self.question) { mailbox.yield($0) } }
            for await _ in pieces { break }
            listener.cancel()
            await #expect(throws: CancellationError.self) { try await listener.value }
            while await underWay(client) > 0 { try await Task.sleep(for: .milliseconds(5)) }
            await client.close()
        }
    }

    private func expect<Value: Equatable>(
        _ client: OpenAIClient,
        _ part: (Answer) -> Value?,
        _ value: Value
    ) async throws {
        let answer = try await Self.ask(client)
        #expect(part(answer) == value)
    }

    private func underWay(_ client: OpenAIClient) async -> Double {
        let family = await client.families().first { $0.name == "hub_model_under_way" }
        return family?.samples.first?.value ?? 0
    }
}
