import Testing

@testable import Fakes

/// What the server refuses, each with the place that it names.
@Suite struct ChatRequestTests {
    private typealias Its = ChatExample

    @Test func messagesHaveARoleAndContent() {
        #expect(Its.param(Its.body([Its.user("x")])) == nil)
        #expect(Its.param(Its.body([])) == "messages")
        #expect(Its.param(["model": "fake-chat"]) == "messages")
        #expect(Its.param(Its.body([["role": "boss", "content": "x"]])) == "messages[0].role")
        #expect(Its.param(Its.body([["content": "x"]])) == "messages[0].role")
        #expect(Its.param(Its.body([Its.user("x"), ["role": "assistant"]])) == "messages[1].content")
        #expect(Its.param(Its.body([Its.user("x"), ["role": "assistant", "refusal": "no"]])) == nil)
        #expect(Its.param(Its.body([["role": "user", "content": []]])) == "messages[0].content")
        let parts: JSON = [
            "role": "user", "content": [["type": "text", "text": "a"], ["type": "text", "text": "b"]],
        ]
        #expect(Its.param(Its.body([parts])) == nil)
        #expect(Its.param("text") == OpenAIError.noJSON.message)
    }

    @Test func everyCallIsAnsweredOnce() {
        let asked = Its.user("x")
        let both = Its.calls("a", "b")
        #expect(Its.param(Its.body([asked, both, Its.result("b"), Its.result("a")])) == nil)
        #expect(Its.param(Its.body([asked, both, Its.result("a")])) == "messages")
        #expect(Its.param(Its.body([asked, both, Its.result("a"), asked])) == "messages")
        #expect(
            Its.param(Its.body([asked, both, Its.result("a"), Its.result("a")])) == "messages[3].tool_call_id")
        #expect(Its.param(Its.body([asked, Its.result("a")])) == "messages[1].role")
        #expect(Its.param(Its.body([asked, both, Its.result("c")])) == "messages[2].role")
        #expect(Its.param(Its.body([asked, Its.calls("a", "a"), Its.result("a")])) == "messages[1].tool_calls[1].id")
        #expect(Its.param(Its.body([asked, Its.calls()])) == "messages[1].tool_calls")
    }

    @Test(arguments: ["", "two words", "اسم", String(repeating: "a", count: 65), "a.b"])
    func namesOfToolsAreLegal(_ name: String) {
        let body = Its.body([Its.user("x")], ["tools": [Its.tool("good-Name_1"), Its.tool(name)]])
        #expect(Its.param(body) == "tools[1].function.name")
    }

    @Test func fieldsFitEachOther() {
        func param(_ more: [String: JSON]) -> String? { Its.param(Its.body([Its.user("x")], more)) }
        #expect(param(["max_completion_tokens": 0]) == "max_completion_tokens")
        #expect(param(["max_completion_tokens": 1, "max_tokens": 1]) == "max_completion_tokens")
        #expect(param(["max_tokens": "many"]) == "max_tokens")
        #expect(param(["tools": []]) == "tools")
        #expect(param(["tools": [Its.tool("a"), Its.tool("a")]]) == "tools[1].function.name")
        #expect(param(["tools": [Its.tool("a", ["type": "array"])]]) == "tools[0].function.parameters")
        #expect(param(["tool_choice": "required"]) == "tool_choice")
        #expect(param(["tool_choice": "none"]) == nil)
        #expect(param(["parallel_tool_calls": true]) == "parallel_tool_calls")
        let other: JSON = ["type": "function", "function": ["name": "b"]]
        #expect(param(["tools": [Its.tool("a")], "tool_choice": other]) == "tool_choice")
        #expect(param(["stream_options": ["include_usage": true]]) == "stream_options")
        #expect(param(["stream": true, "stream_options": ["include_usage": true]]) == nil)
        #expect(param(["temperature": .number(2.1)]) == "temperature")
        #expect(param(["n": 2]) == "n")
        #expect(param(["stop": ["a", "b", "c", "d", "e"]]) == "stop")
        #expect(param(["nonsense": 1]) == "nonsense")
        #expect(param(["model": "other"]) == "model_not_found")
    }

    @Test func aServerMayKnowLess() {
        var settings = Its.settings
        settings.rejectedFields = ["strict", "developer", "max_completion_tokens"]
        settings.contextTokens = 20
        let user = Its.user("x")
        #expect(Its.param(Its.body([user], ["max_completion_tokens": 1]), settings) == "max_completion_tokens")
        #expect(Its.param(Its.body([["role": "developer", "content": "x"]]), settings) == "messages[0].role")
        let strict: JSON = ["type": "function", "function": ["name": "a", "strict": true]]
        #expect(Its.param(Its.body([user], ["tools": [strict]]), settings) == "tools[0].function.strict")
        #expect(Its.param(Its.body([Its.user(String(repeating: "a b ", count: 20))]), settings) == "messages")
    }

    @Test func itKnowsWhereTheConversationStands() throws {
        let request = try Its.request(
            ["role": "system", "content": "s"], Its.user("one"), ["role": "assistant", "content": "1"],
            Its.user("two"), Its.calls("a", "b"), Its.result("b", "B"), Its.result("a", "A"))
        #expect(request.userText == "two" && request.systemText == "s" && request.turn == 3)
        #expect(request.results == [.init(tool: "b", text: "B"), .init(tool: "a", text: "A")])
        #expect(try Its.request(Its.user("one")).results.isEmpty)
    }
}
