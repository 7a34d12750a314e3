import Testing

@testable import Domain

@Suite struct CodeWordsTests {
    @Test(arguments: [
        "كودي ABCD-1234 لا يعمل", "(ABCD-1234)", "الكود:ABCD-1234،", "\"ABCD-1234\"", "{\"code\":\"ABCD-1234\"}",
        "my code is ABCD-1234.", "code=ABCD-1234", "https://x.example/?c=ABCD-1234", "ABCD-1234\nABCD-9999",
    ])
    func aCodeIsFoundWhateverStandsAroundIt(_ text: String) {
        #expect(CodeWords.of(text).contains("ABCD-1234"))
    }

    @Test func wordsOfALanguageAreNoCodes() {
        #expect(CodeWords.of("كم سعر البطاقة؟ هل متوفر").isEmpty && CodeWords.of("a 12 abc").isEmpty)
    }

    @Test func textsOfAMessageAreChangedInTheirPlaces() {
        let message = CompletionMessage.assistant("x", calls: [ToolCall(id: "1", name: "find", arguments: "x")])
        #expect(message.texts == ["x", "x"])
        let changed = CompletionMessage.assistant("y", calls: [ToolCall(id: "1", name: "find", arguments: "y")])
        #expect(message.mapTexts { _ in "y" } == changed)
        #expect(CompletionMessage.tool(call: "x", "x").mapTexts { _ in "y" } == .tool(call: "x", "y"))
    }
}
