import HubTestKit
import Testing

@testable import Domain

@Suite struct OutboundMessageTests {
    private static func text(_ count: Int) -> String { String(repeating: "س", count: count) }

    private static func buttons(_ count: Int, title: Int = 20, body: Int = 1024, id: Int = 256) -> OutboundMessage {
        .buttons(
            OutboundButtons(
                OutboundFrame(text(body), header: "أ", footer: "ب"),
                (0..<count).map { .init(id: "\($0)" + text(id - 1), title: text(title)) }))
    }

    private static func list(_ sections: [Int], title: Int = 24, note: Int = 72, button: Int = 20) -> OutboundMessage {
        var row = 0
        return .list(
            OutboundList(
                OutboundFrame(text(4096)), button: text(button),
                sections.map { count in
                    OutboundList.Section(
                        title: text(title),
                        (0..<count).map { _ in
                            row += 1
                            return OutboundList.Row(id: "\(row)", title: text(24), note: text(note))
                        })
                }))
    }

    static let good: [OutboundMessage] = [
        .text("مرحبا", showsPreview: true), .text(text(4096), showsPreview: false),
        .media(OutboundMedia(.image, .attachment(.sample(3)), caption: text(1024))),
        .media(OutboundMedia(.document, .uploaded("55"), caption: "c", name: "فاتورة.pdf")),
        .media(OutboundMedia(.audio, .uploaded("55"), isVoice: true)),
        .media(OutboundMedia(.video, .link("https://shop.example/v.mp4"))),
        .media(OutboundMedia(.sticker, .uploaded("1"))),
        .location(OutboundLocation(latitude: 24.7, longitude: 46.7, name: "الرياض", address: "طريق")),
        .location(OutboundLocation(latitude: -90, longitude: 180)),
        .contacts([["name": ["formatted_name": "سارة"], "phones": [["phone": "+966500000000"]]]]),
        .reaction("👍"), .reaction(nil), buttons(1), buttons(3), list([10]), list([1, 9], title: 1),
        .template(OutboundTemplate(name: "hello", language: "ar")),
        .template(OutboundTemplate(name: "hello", language: "en_US", components: [["type": "body"]])),
    ]

    @Test(arguments: good)
    func whatFitsIsReadBackAsItWasWritten(_ message: OutboundMessage) throws {
        #expect(message.problems().isEmpty)
        let text = message.json.text
        let read = try #require(OutboundMessage(json: try JSONParser.parse(text, maxDepth: 32)))
        #expect(read == message && read.json.text == text)
    }

    @Test(arguments: [
        (OutboundMessage.text("", showsPreview: true), "text.body"),
        (.text(text(4097), showsPreview: true), "text.body"),
        // Two units of UTF-16 each.
        (.text(String(repeating: "😀", count: 2049), showsPreview: true), "text.body"),
        (.media(OutboundMedia(.image, .uploaded("1"), caption: text(1025))), "image.caption"),
        (.media(OutboundMedia(.audio, .uploaded("1"), caption: "c")), "audio.caption"),
        (.media(OutboundMedia(.sticker, .uploaded("1"), caption: "c")), "sticker.caption"),
        (.media(OutboundMedia(.image, .link("http://shop.example/x.png"))), "image.link"),
        (.media(OutboundMedia(.image, .uploaded("1"), name: "x.png")), "image.filename"),
        (.media(OutboundMedia(.video, .uploaded("1"), isVoice: true)), "video.voice"),
        (.location(OutboundLocation(latitude: 90.1, longitude: 0)), "location.latitude"),
        (.location(OutboundLocation(latitude: 0, longitude: .nan)), "location.longitude"),
        (.contacts([]), "contacts"), (.contacts([["phones": []]]), "contacts/0/name"),
        (buttons(0), "interactive.action.buttons"), (buttons(4), "interactive.action.buttons"),
        (buttons(1, title: 21), "interactive.action.buttons/0/title"), (buttons(1, body: 1025), "interactive.body"),
        (buttons(1, id: 257), "interactive.action.buttons/0/id"),
        (list([11]), "interactive.action.sections"), (list([]), "interactive.action.sections"),
        (list([1], title: 25), "interactive.action.sections/0/title"),
        (list([1], note: 73), "interactive.rows/0/description"), (list([1], button: 21), "interactive.action.button"),
        (.template(OutboundTemplate(name: "", language: "ar")), "template.name"),
    ])
    func whatDoesNotFitIsToldByItsField(_ message: OutboundMessage, _ field: String) {
        #expect(message.problems().map(\.field) == [field])
    }

    @Test func twoButtonsNeedTwoIDs() {
        let button = OutboundButtons.Button(id: "a", title: "نعم")
        let message = OutboundMessage.buttons(OutboundButtons(OutboundFrame("؟"), [button, button]))
        #expect(message.problems().map(\.code) == ["duplicate"])
    }

    @Test(arguments: [
        "{}", "[]", #"{"type":"text"}"#, #"{"type":"text","text":{}}"#, #"{"type":"poll","poll":{}}"#,
        #"{"type":"image","image":{}}"#, #"{"type":"interactive","interactive":{"type":"button"}}"#,
        #"{"type":"location","location":{"latitude":1}}"#, #"{"type":"template","template":{"name":"x"}}"#,
    ])
    func nothingElseIsRead(_ text: String) throws {
        #expect(OutboundMessage(json: try JSONParser.parse(text, maxDepth: 8)) == nil)
    }

    // MARK: Bodies of a room

    @Test func aTextBecomesFewBubbles() {
        #expect(OutboundPlan(.text("مرحبا")) == .send([.text("مرحبا", showsPreview: true)]))
        let long = String(repeating: "كلمة ", count: 1600)
        guard case .send(let bubbles) = OutboundPlan(.text(long)) else { return #expect(Bool(false)) }
        #expect(bubbles.count == 2)
        #expect(OutboundPlan(.text(String(repeating: "👨‍👩‍👧‍👦", count: 8000))) == .refuse(.tooLong))
    }

    private func file(_ type: String, size: Int64 = 10, caption: String? = "تفضل") -> MessageBody {
        .file(
            FileReference(
                attachment: .sample(7), name: "ملف", type: type, size: size, url: "/x", width: nil, height: nil,
                caption: caption))
    }

    @Test(arguments: [
        ("image/png", OutboundMedia.Kind.image), ("image/jpeg", .image), ("video/mp4", .video),
        ("application/pdf", .document), ("text/plain; charset=utf-8", .document),
    ])
    func aFileIsSentAsWhatItIs(_ type: String, _ kind: OutboundMedia.Kind) {
        let media = OutboundMedia(
            kind, .attachment(.sample(7)), caption: "تفضل", name: kind == .document ? "ملف" : nil)
        #expect(OutboundPlan(file(type)) == .send([.media(media)]))
    }

    @Test func aCaptionThatDoesNotFitFollowsAsText() {
        let audio = OutboundMessage.media(OutboundMedia(.audio, .attachment(.sample(7))))
        #expect(OutboundPlan(file("audio/ogg")) == .send([audio, .text("تفضل", showsPreview: true)]))
        let image = OutboundMessage.media(OutboundMedia(.image, .attachment(.sample(7))))
        let long = Self.text(1025)
        #expect(OutboundPlan(file("image/png", caption: long)) == .send([image, .text(long, showsPreview: true)]))
        #expect(OutboundPlan(file("image/png", caption: "  ")) == .send([image]))
    }

    @Test func aFileThatIsNotTakenIsRefused() {
        #expect(OutboundPlan(file("image/webp")) == .refuse(.unfitType("image/webp")))
        let most: Int64 = 5 * 1024 * 1024
        #expect(OutboundPlan(file("image/png", size: most + 1)) == .refuse(.unfitSize(most)))
    }

    @Test func aTemplateHasItsTextsOrItsComponents() {
        let components: JSONValue = [["type": "body", "parameters": [["type": "text", "text": "سارة"]]]]
        let template = OutboundMessage.template(
            OutboundTemplate(name: "hi", language: "ar", components: components.array ?? []))
        for params in [["body": ["سارة"]], ["components": components]] as [JSONValue] {
            #expect(OutboundPlan(.template(name: "hi", language: "ar", params: params)) == .send([template]))
        }
        let bare = OutboundMessage.template(OutboundTemplate(name: "hi", language: "ar"))
        #expect(OutboundPlan(.template(name: "hi", language: "ar", params: [:])) == .send([bare]))
    }
}
