import Domain
import Testing

@Suite struct CannedReplyTests {
    @Test func theCustomersLanguageOrTheOneThereIs() throws {
        let both = try CannedReply(shortcut: "ترحيب", textAr: "أهلاً {{contact.name}}", textEn: "Hello {{contact.name}}")
        #expect(both.template(in: .arabic)?.filled([.contactName: "سارة"]).text == "أهلاً سارة")
        #expect(both.template(in: .english)?.filled([.contactName: "Sara"]).text == "Hello Sara")
        let arabic = try CannedReply(shortcut: "شكر", textAr: "شكراً", textEn: nil)
        #expect(arabic.template(in: .english)?.source == "شكراً")
        let english = try CannedReply(shortcut: "thanks-2", textAr: nil, textEn: "Thanks")
        #expect(english.template(in: .arabic)?.source == "Thanks")
    }

    @Test(arguments: [
        ("", "نص", nil as String?, ["/shortcut format"]), ("two words", "نص", nil, ["/shortcut format"]),
        ("a/b", nil, "text", ["/shortcut format"]), (String(repeating: "a", count: 41), nil, "t", ["/shortcut format"]),
        ("ok", nil, nil, ["/text_ar required"]), ("ok", "{{x}}", "{{", ["/text_ar unknown", "/text_en format"]),
        ("", "", nil, ["/shortcut format", "/text_ar required"]),
    ])
    func everythingThatIsWrong(_ shortcut: String, _ arabic: String?, _ english: String?, _ problems: [String]) {
        do {
            _ = try CannedReply(shortcut: shortcut, textAr: arabic, textEn: english)
            Issue.record("accepted")
        } catch {
            #expect(error.fields.map { "\($0.field) \($0.code)" } == problems)
        }
    }
}
