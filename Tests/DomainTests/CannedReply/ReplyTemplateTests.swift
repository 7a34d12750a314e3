import Domain
import HubTestKit
import Testing

@Suite struct ReplyTemplateTests {
    private static let values: [ReplyVariable: String] = [
        .contactName: "سارة القحطاني", .agentName: "Omar", .shopName: "متجرنا", .contactEmail: " ",
    ]

    @Test(arguments: [
        ("أهلاً {{contact.name}}، معك {{agent.name}}.", "أهلاً سارة القحطاني، معك Omar.", [ReplyVariable]()),
        ("Hello {{ contact.name }}!", "Hello سارة القحطاني!", []),
        ("{{contact.name}}{{contact.name}}", "سارة القحطانيسارة القحطاني", []),
        ("No variables, {one} brace } }} and {", "No variables, {one} brace } }} and {", []),
        ("{{team.name}} {{shop.name}} {{team.name}}", "{{team.name}} متجرنا {{team.name}}", [.teamName]),
        // A blank value is none.
        ("{{contact.email}} {{contact.phone}}", "{{contact.email}} {{contact.phone}}", [.contactEmail, .contactPhone]),
        ("👩🏽‍💻 {{\u{00A0}agent.name\n}}", "👩🏽‍💻 Omar", []),
    ])
    func filling(_ source: String, _ text: String, _ missing: [ReplyVariable]) throws {
        let template = try ReplyTemplate(source, at: "/text")
        let filled = template.filled(Self.values)
        #expect(filled.text == text)
        #expect(filled.missing == missing)
        #expect(template.source == source)
    }

    @Test func valuesAreTextAndNothingElse() throws {
        let template = try ReplyTemplate("{{contact.name}} {{agent.name}}", at: "/text")
        let filled = template.filled([.contactName: "{{agent.name}} \\(1+1) ${HOME} %s", .agentName: "}}{{"])
        #expect(filled.text == "{{agent.name}} \\(1+1) ${HOME} %s }}{{")
        #expect(filled.missing == [])
    }

    @Test(arguments: [
        ("", ["required"]), (" \n\u{00A0}", ["required"]), ("{{contact.name", ["format"]), ("{{}}", ["unknown"]),
        ("{{contact.password}} {{1+1}}", ["unknown", "unknown"]), ("{{Contact.Name}}", ["unknown"]),
        ("{{ {{contact.name}} }}", ["unknown"]), (String(repeating: "ا", count: 8001), ["too_long"]),
    ])
    func whatIsWrongIsSaidBeforeItIsSaved(_ source: String, _ codes: [String]) {
        do {
            _ = try ReplyTemplate(source, at: "/text_ar")
            Issue.record("accepted: \(source)")
        } catch {
            #expect(error.code == .invalid)
            #expect(error.fields.map(\.code) == codes)
            #expect(error.fields.allSatisfy { $0.field == "/text_ar" })
        }
    }

    @Test func everyVariableCanBeNamed() throws {
        let source = ReplyVariable.allCases.map { "{{\($0.rawValue)}}" }.joined(separator: "|")
        let template = try ReplyTemplate(source, at: "/text")
        #expect(template.variables == Set(ReplyVariable.allCases))
        let values = Dictionary(uniqueKeysWithValues: ReplyVariable.allCases.map { ($0, $0.rawValue.uppercased()) })
        #expect(
            template.filled(values).text
                == ReplyVariable.allCases.map { $0.rawValue.uppercased() }.joined(separator: "|"))
        #expect(template.filled([:]).text == source)
        #expect(template.filled([:]).missing == ReplyVariable.allCases)
    }

    /// Whatever stands in a text, it is refused or comes out as it went in.
    @Test func anyTextIsRefusedOrKept() {
        var random = SeededRandom(seed: 3)
        let pieces = ["{", "}", "{{", "}}", "contact.name", " ", "ن", "e\u{0301}", "\u{1F600}", "agent.name", "\r\n"]
        var kept = 0
        for _ in 0..<5000 {
            let source = (0..<Int.random(in: 1...8, using: &random)).map { _ in random.pick(pieces) }.joined()
            guard let template = try? ReplyTemplate(source, at: "/text") else { continue }
            kept += 1
            #expect(template.filled([:]).text == source)
        }
        #expect(kept > 1000)
    }
}
