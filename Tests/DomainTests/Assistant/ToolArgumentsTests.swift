import Testing

@testable import Domain

@Suite struct ToolArgumentsTests {
    private static let query = ToolParameter.required("query", 5, "Words.")
    private static let order = ToolParameter.optional("order", 5, "A number.")

    private static func read(_ json: JSONValue) throws(ToolFault) -> ToolArguments {
        try ToolArguments(json, [query, order])
    }

    @Test func whatIsDeclaredIsRead() throws {
        let arguments = try Self.read(["query": "بطاقة", "order": .null])
        #expect(arguments[Self.query] == "بطاقة" && arguments[Self.order] == nil)
        #expect(try Self.read(["query": "a", "order": "  "])[Self.order] == nil)
    }

    @Test(
        arguments: [
            ["query": "a", "contact": "n_1"], ["query": "a", "customer_id": 5], [:], ["query": ""], ["query": .null],
            ["query": 5], ["query": ["a"]], ["query": "123456"], ["query": "a\u{0}"], ["query": "a", "order": true],
        ] as [JSONValue])
    func whatIsNotIsTold(_ json: JSONValue) {
        #expect(throws: ToolFault.self) { try Self.read(json) }
    }

    @Test func aFaultRepeatsNothingOfWhatWasWritten() throws {
        let fault = #expect(throws: ToolFault.self) { try Self.read(["query": "a", "SECRET-1": "SECRET-2"]) }
        #expect(fault?.message == "there are arguments that this tool does not have; it has: query, order")
    }

    @Test func whatIsCheckedIsWhatIsOffered() {
        let offer = ToolOffer(name: "find", purpose: "Finds.", [Self.query, Self.order])
        #expect(offer.parameters["required"] == ["query"] && offer.parameters["additionalProperties"] == false)
        #expect(offer.parameters["properties"]?["order"]?["maxLength"] == 5)
    }

    @Test func aRunDoesAThingOnce() {
        let run = AssistantRun.ID("r_00000000000000000000000001.12.3")
        let answer: @Sendable (Int) -> JSONValue = { .integer(Int64($0)) }
        let one = run?.once("book", ["a", nil], answer: answer)
        #expect(one?.key == "book/r_00000000000000000000000001.12.3" && one?.owner == "assistant")
        #expect(one?.fingerprint == run?.once("book", ["a", nil], answer: answer).fingerprint)
        #expect(one?.fingerprint != run?.once("book", ["a", ""], answer: answer).fingerprint)
        #expect(one?.answer(4).body == "4")
    }
}
