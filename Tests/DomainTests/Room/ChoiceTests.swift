import Domain
import HubTestKit
import Testing

/// What a visitor may choose, and what the log says of it.
@Suite struct ChoiceTests {
    private static let buttons: JSONValue = [
        "text": "?", "buttons": [["id": "y", "title": "نعم"], ["id": "n", "title": "لا"]],
    ]
    private static let list: JSONValue = [
        "text": "?",
        "list": [
            "button": "الفئات",
            "sections": [
                ["title": "أ", "rows": [["id": "1", "title": "واحد"]]],
                ["title": "ب", "rows": [["id": "2", "title": "اثنان", "description": "مع شرح"]]],
            ],
        ],
    ]
    private static let link: JSONValue = ["text": "?", "link": ["title": "افتح", "url": "https://a.example"]]

    private func choose(
        _ id: String,
        of offer: JSONValue?,
        isDeleted: Bool = false,
        origin: MessageOrigin? = nil
    ) throws -> AppendPlan {
        let body: MessageBody =
            try offer?.object.map { .card(try .interactive($0)) } ?? .text("no offer")
        let target = AppendPlan.Target(author: Samples.agent, body: body, isDeleted: isDeleted)
        let draft = Draft(
            author: Samples.visitor, mid: "c", content: .message(.card(try .choice(id)), replyTo: 3), origin: origin)
        return AppendPlan(
            drafts: [draft], room: Samples.room(.conversation, head: 4), past: .init(targets: [3: target]),
            now: Samples.start)
    }

    @Test func aButtonSaysItsTitle() throws {
        let card = MessageCard(kind: .choice, text: "لا", details: ["choice": "button", "id": "n"])
        #expect(try choose("n", of: Self.buttons).events.map(\.content) == [.message(.card(card), replyTo: 3)])
    }

    @Test func aRowOfAListSaysItsTitleAndItsNote() throws {
        let card = MessageCard(
            kind: .choice, text: "اثنان", details: ["choice": "list", "id": "2", "note": "مع شرح"])
        #expect(try choose("2", of: Self.list).events.map(\.content) == [.message(.card(card), replyTo: 3)])
    }

    @Test(arguments: [(buttons, "z"), (list, "3"), (link, "افتح")])
    func whatIsNotOfferedIsRefused(offer: JSONValue, id: String) throws {
        #expect(
            try choose(id, of: offer).outcomes == [.rejected(.badRequest("body.id is none of what message 3 offers"))])
    }

    @Test func onlyOffersThatStandAreTaken() throws {
        let refusal = HubError.notFound(
            "reply_to must be a message that offers something to choose, and was not deleted")
        #expect(try choose("y", of: Self.buttons, isDeleted: true).outcomes == [.rejected(refusal)])
        #expect(try choose("y", of: nil).outcomes == [.rejected(refusal)])
    }

    @Test func whatWasChosenOnAnotherChannelStandsAsItCame() throws {
        let origin = MessageOrigin(id: "wamid.1", sentAt: Samples.start)
        let plan = try choose("z", of: Self.buttons, origin: origin)
        #expect(plan.events.map(\.content) == [.message(.card(try .choice("z")), replyTo: 3)])
    }

    @Test(arguments: ["", String(repeating: "x", count: 257)])
    func anIDThatNoneCanHaveIsRefused(id: String) {
        #expect(throws: HubError.self) { try MessageCard.choice(id) }
    }
}
