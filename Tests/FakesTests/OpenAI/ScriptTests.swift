import Foundation
import Testing

@testable import Fakes

@Suite struct ScriptTests {
    private typealias Its = ChatExample

    private static func script(_ rules: JSON...) throws -> Script { try Script(.array(rules)) }

    private static func text(_ script: Script, _ messages: JSON..., more: [String: JSON] = [:]) throws -> String? {
        let request = try ChatRequest(checked: Its.body(messages, more), settings: Its.settings)
        return script.find(request, id: "c").completion.text
    }

    @Test func theFirstRuleThatIsMeantAnswers() throws {
        let script = try Self.script(
            ["when": ["text": ["أسعار", "price"]], "answer": ["text": "text"]],
            ["when": ["regex": "no ?(\\d+)"], "answer": ["text": "{match.1}"]],
            ["when": ["tools": ["a"]], "answer": ["text": "tool"]],
            ["when": ["after_tool": "a", "result": "yes"], "answer": ["text": "yes"]],
            ["when": ["after_tool": "*", "empty": true], "answer": ["text": "empty"]],
            ["when": ["after_tool": "*"], "answer": ["text": "any"]],
            ["when": ["turn": 2], "answer": ["text": "second"]],
            ["when": ["system": "ملخص", "tools": []], "answer": ["text": "summary"]],
            ["when": ["arabic": true], "answer": ["text": "عربي"]])
        #expect(try Self.text(script, Its.user("ما هي الاسعار؟")) == "text")
        #expect(try Self.text(script, Its.user("PRICES")) == "text")
        #expect(try Self.text(script, Its.user("No 17")) == "17")
        #expect(try Self.text(script, Its.user("no ١٧")) == "١٧")
        #expect(try Self.text(script, Its.user("x"), more: ["tools": [Its.tool("a")]]) == "tool")
        #expect(
            try Self.text(script, Its.user("x"), more: ["tools": [Its.tool("a")], "tool_choice": "none"]) != "tool")
        #expect(try Self.text(script, Its.user("price"), Its.calls("a"), Its.result("a", "yes")) == "yes")
        #expect(try Self.text(script, Its.user("x"), Its.calls("b"), Its.result("b", #"{"list":[]}"#)) == "empty")
        #expect(try Self.text(script, Its.user("x"), Its.calls("b"), Its.result("b", "[1]")) == "any")
        #expect(try Self.text(script, Its.user("x"), Its.calls("b"), Its.result("b", "[1]"), Its.user("y")) == "second")
        #expect(try Self.text(script, ["role": "system", "content": "المُلخّص"], Its.user("x")) == "summary")
        #expect(try Self.text(script, Its.user("س")) == "عربي")
        #expect(try Self.text(script, Its.user("x"))?.hasPrefix("I am here") == true)
    }

    @Test func rulesWearOut() throws {
        var script = try Self.script(["answer": ["text": "once"], "times": 1], ["answer": ["text": "then"]])
        let request = try Its.request(Its.user("x"))
        for expected in ["once", "then", "then"] {
            let found = script.find(request, id: "c")
            script.use(found)
            #expect(found.completion.text == expected)
        }
    }

    @Test(
        arguments: [
            ["when": ["texts": "x"], "answer": ["text": "x"]], ["answer": [:]], ["when": [:]],
            ["answer": ["text": "x"], "delivery": ["pace": 1]], ["answer": ["text": "x"], "wenn": [:]],
            ["when": ["regex": "("], "answer": ["text": "x"]],
        ] as [JSON])
    func aRuleThatMeansNothingIsRefused(_ rule: JSON) {
        #expect(throws: OpenAIError.self) { try Self.script(rule) }
    }

    @Test func templatesReadResults() throws {
        let products = #"{"products":[{"title":"أ","price":10.5},{"title":"ب","price":20}],"total":2}"#
        let situation = Situation(
            try Its.request(Its.user("كم سعر البطاقة؟"), Its.calls("find"), Its.result("find", products)))
        func fill(_ text: String) -> String { ScriptTemplate.fill(text, situation) }
        #expect(fill("{tool.find.products.1.price}") == "20")
        #expect(fill("{tool.find.0.title} {tool.*.total}") == "أ 2")
        #expect(fill("{#tool.find}{.name|.title}={.price} {/}!") == "أ=10.5 ب=20 !")
        #expect(fill("{#1 tool.find}{.title}{/}") == "أ")
        #expect(fill("[{tool.other.x}] {nothing|\"none\"} {query}") == "[] none البطاقة")
        #expect(fill("open { end") == "open { end")
        let filled = ScriptTemplate.fill(["a": ["{user}", 1]] as JSON, situation)
        #expect(filled == ["a": ["كم سعر البطاقة؟", 1]])
    }

    @Test func argumentsTakeTheNamesOfTheTool() {
        let schema: JSON = [
            "type": "object", "required": ["text", "kind", "count"],
            "properties": [
                "text": ["type": "string"], "kind": ["type": "string", "enum": ["a", "b"]],
                "count": ["type": ["integer", "null"], "minimum": 2], "note": ["type": "string"],
            ],
        ]
        let fitted = CallArguments.fit(["query": "q"], to: schema, user: "u")
        #expect(fitted == ["text": "q", "kind": "a", "count": 2])
        #expect(CallArguments.fit(["note": "n"], to: schema, user: "u")["text"] == "u")
        #expect(CallArguments.fit(["query": "q"], to: nil, user: "u") == [:])
    }

    @Test func theShopAnswersInBothLanguages() throws {
        let shop = try Script.shop()
        let tools = ["search_products", "search_articles", "order_status", "hand_over"]
        let more: [String: JSON] = ["tools": .array(tools.map { Its.tool($0) })]
        func calls(_ text: String) throws -> [String] {
            shop.find(try Its.request(Its.user(text), more: more), id: "c").completion.calls.map(\.name)
        }
        for text in ["كم سعر بطاقة ستيم؟", "عندكم آيتونز؟", "How much is a Steam card?"] {
            #expect(try calls(text) == ["search_products"], "\(text)")
        }
        for text in ["وين طلبي", "أين الطلب رقم ١٢٣٤؟", "Where is my order 1234?"] {
            #expect(try calls(text) == ["order_status"], "\(text)")
        }
        for text in ["أبغى أكلم موظّف", "حوّلني لخدمة العملاء", "I want to talk to a human"] {
            #expect(try calls(text) == ["hand_over"], "\(text)")
        }
        for text in ["ما سياسة الاسترجاع؟", "كيف أفعّل الكود؟", "what is the refund policy"] {
            #expect(try calls(text) == ["search_articles"], "\(text)")
        }
        #expect(try calls("كم سعر ستيم وهل يمكن الاسترجاع؟") == ["search_products", "search_articles"])
        #expect(try calls("السلام عليكم").isEmpty && calls("شكرًا").isEmpty && calls("هممم").isEmpty)
    }
}
