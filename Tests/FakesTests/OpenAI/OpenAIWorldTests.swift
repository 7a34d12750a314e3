import Foundation
import Testing

@testable import Fakes

@Suite struct OpenAIWorldTests {
    private typealias Its = ChatExample

    private static func world(_ change: (inout OpenAISettings) -> Void = { _ in }) throws -> OpenAIWorld {
        var settings = Its.settings
        settings.delivery.tokensPerSecond = 0
        change(&settings)
        let rules: JSON = [
            ["when": ["text": "call"], "answer": ["tool_calls": [["name": "a", "arguments": ["x": 1]]]]],
            ["answer": ["text": "one two three"]],
        ]
        return OpenAIWorld(settings, try Script(rules), at: 0)
    }

    private static func ask(
        _ world: inout OpenAIWorld, _ text: String = "x", _ more: [String: JSON] = [:], at now: Double = 0
    ) -> OpenAIReply {
        world.reply(.chat, Its.body([Its.user(text)], more), authorization: "Bearer k", at: now)
    }

    private static func json(_ reply: OpenAIReply) throws -> JSON {
        try JSON.parse(Data(reply.plan.writes.flatMap(\.bytes)))
    }

    @Test func theKeyIsAskedForFirst() throws {
        var world = try Self.world()
        for authorization in [nil, "k", "Bearer other"] {
            #expect(world.reply(.models, nil, authorization: authorization, at: 0).status == 401)
        }
        #expect(world.reply(.chat, nil, authorization: "Bearer k", at: 0).status == 400)
        #expect(world.reply(.models, nil, authorization: "Bearer k", at: 0).status == 200)
        #expect(world.log.entries.map(\.status) == [401, 401, 401, 400, 200])
    }

    @Test func faultsMeetTheirPartAsOftenAsAsked() throws {
        var world = try Self.world()
        world.faults = [
            try OpenAIFault(["kind": "unknown_tool"]), try OpenAIFault(["kind": "html", "on": "embeddings"]),
            try OpenAIFault(["kind": "rate_limit", "times": 2, "retry_after": 3]),
        ]
        let replies = (0..<3).map { _ in Self.ask(&world) }
        #expect(replies.map(\.status) == [429, 429, 200])
        #expect(replies[0].headers["retry-after"] == "3" && replies[2].headers["retry-after"] == nil)
        // The first one waited for a call.
        let call = try Self.json(Self.ask(&world, "call"))["choices"]?.array?.first?["message"]?["tool_calls"]?.array
        #expect(call?.first?["function"]?["name"] == "delete_everything")
        #expect(world.faults.map(\.name) == ["html"])
    }

    @Test func aFaultUsesUpNoRule() throws {
        var world = try Self.world()
        world.script.prepend(try Script([["answer": ["text": "once"], "times": 1]]))
        world.faults = [try OpenAIFault(["kind": "server_error"])]
        _ = Self.ask(&world)
        #expect(try Self.json(Self.ask(&world))["choices"]?.array?.first?["message"]?["content"] == "once")
    }

    @Test(arguments: ["retry", "", "Cut"])
    func anUnknownFaultIsRefused(_ kind: String) {
        #expect(throws: OpenAIError.self) { try OpenAIFault(["kind": .string(kind)]) }
    }

    @Test func ratesRunOutAndComeBack() throws {
        var world = try Self.world { $0.requestsPerMinute = 2 }
        #expect(Self.ask(&world).headers["x-ratelimit-remaining-requests"] == "1")
        _ = Self.ask(&world)
        let refused = Self.ask(&world, at: 15)
        #expect(refused.status == 429 && refused.headers["retry-after"] == "15")
        #expect(refused.headers["retry-after-ms"] == "15000")
        #expect(refused.headers["x-ratelimit-reset-requests"] == "45s")
        #expect(Self.ask(&world, at: 31).status == 200)
        #expect(ResetTime.text(0.02) == "20ms" && ResetTime.text(360) == "6m0s" && ResetTime.text(59.5) == "1m0s")
    }

    @Test func anAnswerIsCutAtItsLimit() throws {
        var world = try Self.world()
        let choice = try Self.json(Self.ask(&world, "x", ["max_tokens": 2]))["choices"]?.array?.first
        #expect(choice?["message"]?["content"] == "one two" && choice?["finish_reason"] == "length")
        #expect(world.log.entries.last?.completion?.finishReason == "length")
    }

    @Test func theLogCountsStreamsAndForgetsTheOldest() throws {
        var world = try Self.world { $0.maxLogEntries = 4 }
        for _ in 0..<3 { _ = Self.ask(&world, "x", ["stream": true]) }
        #expect(world.log.mostStreams == 3)
        for number in 1...2 { world.end(number, "cancelled", sent: 10, at: 5) }
        #expect(world.log.json(last: 1)["streams"] == 1)
        #expect(world.log.entries.map(\.end) == ["cancelled", "cancelled", "running"])
        for _ in 0..<20 { _ = Self.ask(&world) }
        #expect(world.log.entries.count < 6 && world.log.json(last: nil)["count"] == 23)
        world.end(1, "finished", sent: 0, at: 6)
        world.end(23, "finished", sent: 1, at: 6)
        #expect(world.log.entries.last?.end == "finished" && world.log.entries.last?.sentBytes == 1)
        world.reset(world.settings, world.script, at: 7)
        #expect(world.log.entries.isEmpty)
        #expect(Self.ask(&world).number == 24)
    }
}
