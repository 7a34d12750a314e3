import Testing

@testable import Domain

@Suite struct CompletionAssemblyTests {
    private struct Outcome: Equatable {
        var shown = ""
        var completion: Completion?
        var failure: CompletionFailure.Kind?
    }

    private static func read(_ bytes: [UInt8], cutAt cut: Int? = nil) -> Outcome {
        var parser = EventStreamParser()
        var assembly = CompletionAssembly()
        var outcome = Outcome()
        let middle = cut ?? bytes.count
        for piece in [bytes[..<middle], bytes[middle...]] {
            for data in (try? parser.feed(piece.span)) ?? [] { outcome.shown += assembly.feed(data) }
        }
        if let data = parser.finish() { outcome.shown += assembly.feed(data) }
        do throws(CompletionFailure) {
            outcome.completion = try assembly.finish()
        } catch {
            outcome.failure = error.kind
        }
        return outcome
    }

    private static func stream(_ events: [String]) -> [UInt8] {
        Array(events.map { "data: \($0)\n\n" }.joined().utf8)
    }

    private static let text = [
        #"{"choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}],"usage":null}"#,
        #"{"choices":[{"index":0,"delta":{"content":"مرحبا"},"finish_reason":null}],"obfuscation":"xx"}"#,
        #"{"choices":[{"index":0,"delta":{"content":"، السعر ٥٠"}}]}"#,
        #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
        #"{"choices":[],"usage":{"prompt_tokens":79,"completion_tokens":9,"total_tokens":88}}"#,
        "[DONE]",
    ]

    private static let tools = [
        #"{"choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"find_order","arguments":""}}]}}]}"#,
        #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_2","type":"function","function":{"name":"stock","arguments":"{\"sku\""}}]}}]}"#,
        #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","function":{"name":"find_order","arguments":"{\"code\":"}}]}}]}"#,
        #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":":1}"}},{"index":0,"function":{"arguments":"\"A1\"}"}}]}}]}"#,
        #"{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
        "[DONE]",
    ]

    @Test func aTextIsTheSameHoweverItIsCut() {
        let bytes = Self.stream(Self.text)
        let whole = Outcome(
            shown: "مرحبا، السعر ٥٠",
            completion: Completion(
                text: "مرحبا، السعر ٥٠",
                refusal: nil,
                toolCalls: [],
                finish: .stop,
                usage: TokenUsage(prompt: 79, completion: 9)
            )
        )
        for cut in 0...bytes.count { #expect(Self.read(bytes, cutAt: cut) == whole) }
    }

    @Test func toolCallsAreGatheredByIndexHoweverTheyAreCut() {
        let bytes = Self.stream(Self.tools)
        let calls = [
            ToolCall(id: "call_1", name: "find_order", arguments: #"{"code":"A1"}"#),
            ToolCall(id: "call_2", name: "stock", arguments: #"{"sku":1}"#),
        ]
        for cut in 0...bytes.count {
            let outcome = Self.read(bytes, cutAt: cut)
            #expect(outcome.completion?.toolCalls == calls && outcome.completion?.finish == .toolCalls)
            #expect(outcome.shown.isEmpty)
        }
    }

    @Test func whatBringsSomethingOfTheAnswerIsCounted() {
        var assembly = CompletionAssembly()
        let counts = (Self.text + Self.tools).map { event in
            _ = assembly.feed(event)
            return assembly.pieces
        }
        #expect(counts == [0, 1, 2, 2, 2, 2] + Array(repeating: 2, count: 6), "nothing after the end")
        assembly = CompletionAssembly()
        for event in Self.tools { _ = assembly.feed(event) }
        #expect(assembly.pieces == 4)
    }

    /// A stream that is over too early is never an answer, wherever it broke.
    @Test(arguments: [text, tools])
    func whatEndsEarlyIsNoAnswer(_ events: [String]) throws {
        let bytes = Self.stream(events)
        let finish = try #require(events.firstIndex { $0.contains("finish_reason\":\"") })
        let end = Self.stream(Array(events[...finish])).count
        for length in 0..<bytes.count {
            let outcome = Self.read(Array(bytes[..<length]))
            // The blank line after an event may be missing.
            if length < end - 2 {
                #expect(outcome.completion == nil)
                #expect(outcome.failure == .truncated || outcome.failure == .malformed)
            } else if outcome.completion == nil {
                #expect(outcome.failure == .malformed)
            }
        }
    }

    @Test func doneWithoutAReasonIsTruncated() {
        #expect(Self.read(Self.stream([Self.text[1], "[DONE]"])).failure == .truncated)
    }

    @Test func nothingAfterTheEndCounts() {
        let outcome = Self.read(Self.stream(Self.text + [Self.text[1]]))
        #expect(outcome.shown == "مرحبا، السعر ٥٠" && outcome.completion != nil)
    }

    @Test func anErrorInTheStreamIsAFailure() {
        let error = #"{"error":{"message":"busy","type":"server_error","code":null}}"#
        #expect(Self.read(Self.stream([Self.text[1], error])).failure == .overloaded)
        let quota = #"{"error":{"message":"pay","type":"insufficient_quota","code":"insufficient_quota"}}"#
        #expect(Self.read(Self.stream([quota])).failure == .outOfCredit)
        #expect(Self.read(Self.stream([#"{"error":"no"}"#])).failure == .overloaded)
    }

    @Test(arguments: [
        "{", "[]", "12", "<html>", #"{"choices":[{"delta":{"tool_calls":[{"index":0}]},"finish_reason":"stop"}]}"#,
    ])
    func nonsenseIsMalformed(_ event: String) {
        #expect(Self.read(Self.stream([event, Self.text[3]])).failure == .malformed)
    }

    @Test func endlessToolsAreMalformed() {
        let events = (0..<40).map {
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":\#($0),"id":"a","function":{"name":"b"}}]}}]}"#
        }
        #expect(Self.read(Self.stream(events)).failure == .malformed)
    }

    @Test func aRefusalAndAWholeCallInOnePiece() {
        let refusal = Self.read(
            Self.stream([
                #"{"choices":[{"index":0,"delta":{"refusal":"I cannot"}}]}"#,
                #"{"choices":[{"index":0,"delta":{"refusal":" help"},"finish_reason":"content_filter"}]}"#,
            ]))
        #expect(refusal.completion?.refusal == "I cannot help" && refusal.completion?.finish == .contentFilter)
        let cutOff = Self.read(
            Self.stream([
                #"{"choices":[{"delta":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{\"a"}}]},"finish_reason":"length"}]}"#
            ]))
        #expect(cutOff.completion?.toolCalls == [] && cutOff.completion?.finish == .length)
    }
}
