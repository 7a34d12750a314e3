import Foundation
import Testing

@testable import Fakes

@Suite struct StreamPlanTests {
    private static let completion = Completion(
        text: "مرحبًا 😀 بك",
        calls: [
            ToolCall(id: "a", name: "first", arguments: #"{"query":"بطاقة"}"#),
            ToolCall(id: "b", name: "second", arguments: #"{"n":1}"#),
        ])

    private static func frames(
        _ completion: Completion = completion, _ delivery: Delivery = Delivery(), _ more: [String: JSON] = [:]
    ) throws -> [StreamFrame] {
        let request = try ChatExample.request(ChatExample.user("x"), more: more)
        return CompletionFrames(id: "c", created: 1, request: request, delivery: delivery).frames(completion)
    }

    private static func plan(_ change: (inout Delivery) -> Void = { _ in }) throws -> StreamPlan {
        var delivery = Delivery()
        change(&delivery)
        return StreamPlan(try frames(completion, delivery), delivery)
    }

    private static func bytes(_ plan: StreamPlan) -> [UInt8] { plan.writes.flatMap(\.bytes) }

    /// The deltas of the frames that are chunks.
    private static func deltas(_ frames: [StreamFrame]) throws -> [JSON] {
        try frames.filter { $0.kind != .done }.compactMap { frame in
            try JSON.parse(Data(frame.payload.utf8))["choices"]?.array?.first?["delta"]
        }
    }

    @Test func fragmentsTakeTurnsAndMakeTheWhole() throws {
        let fragments = try Self.deltas(Self.frames()).compactMap { $0["tool_calls"]?.array?.first }
        #expect(fragments.prefix(4).map { $0["index"] } == [0, 1, 0, 1])
        for (place, call) in Self.completion.calls.enumerated() {
            let own = fragments.filter { $0["index"] == .integer(Int64(place)) }
            #expect(own.first?["id"] == .string(call.id) && own.dropFirst().allSatisfy { $0["id"] == nil })
            #expect(own.compactMap { $0["function"]?["arguments"]?.string }.joined() == call.arguments)
        }
        var delivery = Delivery()
        delivery.interleavesCalls = false
        delivery.repeatsNames = true
        let others = try Self.deltas(Self.frames(Self.completion, delivery)).compactMap {
            $0["tool_calls"]?.array?.first
        }
        #expect(others.compactMap { $0["index"]?.integer } == others.compactMap { $0["index"]?.integer }.sorted())
        #expect(others.allSatisfy { $0["id"] != nil && $0["function"]?["name"] != nil })
        delivery.hasWholeCalls = true
        let wholes = try Self.deltas(Self.frames(Self.completion, delivery)).compactMap {
            $0["tool_calls"]?.array?.first
        }
        #expect(wholes.map { $0["function"]?["arguments"]?.string } == Self.completion.calls.map(\.arguments))
    }

    @Test func usageComesOnlyWhenAskedForAndWithoutChoices() throws {
        #expect(try !Self.frames().contains { $0.kind == .usage || $0.payload.contains("usage") })
        let more: [String: JSON] = ["stream": true, "stream_options": ["include_usage": true]]
        let frames = try Self.frames(Self.completion, Delivery(), more)
        #expect(frames.suffix(3).map(\.kind) == [.finish, .usage, .done])
        let usage = try JSON.parse(Data(frames[frames.count - 2].payload.utf8))
        #expect(usage["choices"] == [])
        #expect(usage["usage"]?["completion_tokens"] == .integer(Int64(Self.completion.tokens)))
    }

    @Test(arguments: [1, 2, 3, 7, 64, 100_000])
    func writesOfOneSizeAreTheSameBytes(_ size: Int) throws {
        let plan = try Self.plan { $0.chunk = size }
        #expect(try Self.bytes(plan) == Self.bytes(Self.plan()))
        #expect(plan.writes.dropLast().allSatisfy { $0.bytes.count == size })
        let times = plan.writes.map(\.at)
        #expect(times == times.sorted())
    }

    @Test func theBytesOfAWriteMayCutACharacter() throws {
        let plan = try Self.plan { $0.chunk = 1 }
        #expect(plan.writes.contains { String(validating: $0.bytes, as: UTF8.self) == nil })
    }

    @Test func tokensComeInTheirPace() throws {
        let plan = try Self.plan {
            $0.tokensPerSecond = 10
            $0.firstToken = 2
        }
        let tokens = try Self.frames().count { $0.kind == .token }
        #expect(plan.writes.first?.at == 2)
        #expect(abs((plan.writes.last?.at ?? 0) - 2 - Double(tokens) / 10) < 0.001)
        let slow = try Self.plan {
            $0.tokensPerSecond = 0
            $0.chunk = 100
            $0.chunkPause = 1
        }
        #expect(slow.writes.enumerated().allSatisfy { $0.element.at == Double($0.offset) })
    }

    @Test func itEndsAndStallsAtAnyByte() throws {
        let whole = try Self.plan()
        let bytes = Self.bytes(whole)
        for count in 0...bytes.count {
            var short = whole
            short.end(after: count, .cut)
            #expect(Self.bytes(short) == Array(bytes.prefix(count)))
            var late = whole
            late.stall(after: count, seconds: 1000)
            #expect(Self.bytes(late) == bytes)
            #expect(late.writes.reduce(0) { $0 + ($1.at < 1000 ? $1.bytes.count : 0) } == count)
        }
    }

    @Test func framingFollowsTheDelivery() throws {
        func text(_ change: (inout Delivery) -> Void) throws -> String {
            String(decoding: Self.bytes(try Self.plan(change)), as: UTF8.self)
        }
        #expect(try text { $0.lineEnding = .cr }.hasSuffix("\r\rdata: [DONE]\r\r"))
        #expect(try text { $0.lineEnding = .crlf }.hasSuffix("\r\n\r\ndata: [DONE]\r\n\r\n"))
        #expect(try text { $0.endsWithBlankLine = false }.hasSuffix("[DONE]\n"))
        #expect(try text { $0.hasComments = true }.hasPrefix(": keep-alive\n\ndata: {"))
        #expect(try text { $0.splitsData = true }.hasPrefix("data: {\ndata: \"id\""))
        #expect(try text { $0.hasSpace = false }.hasPrefix("data:{"))
        #expect(try text { $0.hasObfuscation = true }.contains(#""obfuscation":"x"#))
    }

    @Test func anUnknownSettingIsRefused() {
        #expect(throws: OpenAIError.self) {
            var delivery = Delivery()
            try delivery.change(["tokens": 1])
        }
        #expect(throws: OpenAIError.self) {
            var delivery = Delivery()
            try delivery.change(["line_ending": "lfcr"])
        }
    }
}
