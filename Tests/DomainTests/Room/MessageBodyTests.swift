import Domain
import HubTestKit
import Testing

@Suite struct MessageBodyTests {
    @Test(arguments: ["أ", " a ", "\u{200F}", String(repeating: "س", count: 8000), String(repeating: "👨‍👩‍👧", count: 8000)])
    func acceptsText(text: String) throws {
        #expect(try MessageBody.checkedText(text) == .text(text))
    }

    @Test(arguments: ["", " ", "\n\t \u{A0}\u{3000}"])
    func blankTextIsABadRequest(text: String) {
        #expect(throws: HubError.badRequest("body.text is empty")) { try MessageBody.checkedText(text) }
    }

    @Test(arguments: ["x", "س", "👨‍👩‍👧"])
    func longTextIsTooLarge(character: String) throws {
        let text = String(repeating: character, count: MessageBody.maxTextLength + 1)
        let error = try #require(throws: HubError.self) { try MessageBody.checkedText(text) }
        #expect(error == HubError(.tooLarge, "body.text is longer than 8000 characters"))
    }

    @Test func plainTextIsWhatListsShow() {
        #expect(MessageBody.text("أهلا").plainText == "أهلا")
        #expect(MessageBody.file(Samples.file).plainText == "الفاتورة فاتورة 1.png")
        #expect(MessageBody.file(bareFile).plainText == "a.pdf")
        #expect(Samples.template.plainText == "order_ready")
    }

    @Test func everyKindSurvivesTheRoundTrip() throws {
        let cards = MessageCard.Kind.allCases.map { kind in
            MessageBody.card(MessageCard(kind: kind, text: "بطاقة", details: ["n": 1, "list": [true]]))
        }
        let bodies: [MessageBody] =
            [.text("أ\n"), .file(Samples.file), .file(bareFile), Samples.template] + cards
        for body in bodies {
            #expect(MessageBody(kind: body.kind, json: body.json) == body)
            let stored = try JSONParser.parse(body.json.text)
            #expect(MessageBody(kind: body.kind, json: stored) == body)
        }
        #expect(Set(bodies.map(\.kind)) == Set(MessageBody.Kind.allCases))
    }

    @Test func templateWithoutParametersHasNone() {
        let json = JSONValue.object(["name": .string("n"), "language": .string("ar")])
        #expect(MessageBody(kind: .template, json: json) == .template(name: "n", language: "ar", params: .object([:])))
    }

    @Test func absentMembersOfAFileAreLeftOut() {
        #expect(MessageBody.file(bareFile).json.object?.keys.sorted() == ["attachment", "name", "size", "type", "url"])
    }

    @Test(arguments: [
        (MessageBody.Kind.text, JSONValue.null),
        (.text, .object([:])),
        (.text, .object(["text": .integer(1)])),
        (.file, .object(["attachment": .string("nonsense")])),
        (.file, .object(["attachment": .string(AttachmentID.sample(1).text), "name": .string("a")])),
        (.template, .object(["name": .string("n")])),
        (.template, .object(["language": .string("n")])),
    ])
    func refuses(kind: MessageBody.Kind, json: JSONValue) {
        #expect(MessageBody(kind: kind, json: json) == nil)
    }

    private let bareFile = FileReference(
        attachment: .sample(9), name: "a.pdf", type: "application/pdf", size: 1, url: "/a", width: nil, height: nil,
        caption: nil)
}
