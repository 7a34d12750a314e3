import Testing

@testable import Domain

@Suite struct MessageTemplateTests {
    private func entry(_ status: String, body: JSONValue) -> JSONValue {
        [
            "name": "order_ready", "language": "ar", "status": .string(status), "category": "UTILITY",
            "components": [["type": "HEADER", "format": "TEXT", "text": "{{9}}"], ["type": "BODY", "text": body]],
        ]
    }

    @Test func whatVariesIsNamedInItsOrder() throws {
        let bodies: [(String, [String])] = [
            ("طلبك {{1}} جاهز يا {{2}}، رقم {{1}}", ["1", "2"]), ("مرحبا", []),
            ("{{ name }} {{order_id}}", ["name", "order_id"]),
            ("{{", []), ("{{}} }} {{1", []),
        ]
        for (body, parameters) in bodies {
            let template = try #require(MessageTemplate(provider: entry("APPROVED", body: .string(body))))
            #expect(template.parameters == parameters && template.body == body)
            #expect(template.json["name"] == "order_ready" && template.json["category"] == "UTILITY")
        }
    }

    @Test func onlyWhatMayBeSentCounts() {
        for status in ["PENDING", "REJECTED", "PAUSED", "DISABLED", "approved", ""] {
            #expect(MessageTemplate(provider: entry(status, body: "x")) == nil)
        }
        #expect(MessageTemplate(provider: ["status": "APPROVED", "language": "ar"]) == nil)
        #expect(MessageTemplate(provider: "x") == nil)
    }
}
