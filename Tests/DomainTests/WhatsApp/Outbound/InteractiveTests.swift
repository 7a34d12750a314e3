import Testing

@testable import Domain

@Suite struct InteractiveTests {
    private static let buttons: JSONValue = [["id": "yes", "title": "نعم"], ["id": "no", "title": "لا"]]
    private static let list: JSONValue = [
        "button": "اختر", "sections": [["rows": [["id": "1", "title": "آيتونز", "description": "50"]]]],
    ]
    private static let link: JSONValue = ["title": "السلة", "url": "https://shop.example/cart"]

    static let good: [[String: JSONValue]] = [
        ["text": "اختر", "buttons": buttons, "header": "طلبك", "footer": "المتجر"], ["text": "اختر", "list": list],
        ["text": "افتح", "link": link, "header": .null, "unknown": 1],
    ]

    @Test(arguments: good)
    func whatIsOfferedIsSentAsItWasKept(_ body: [String: JSONValue]) throws {
        let card = try MessageCard.interactive(body)
        #expect(card.details["unknown"] == nil && card.details.values.allSatisfy { !$0.isNull })
        #expect(MessageBody(kind: .interactive, json: MessageBody.card(card).json) == .card(card))
        guard case .send(let messages) = OutboundPlan(.card(card)), let message = messages.first else {
            Issue.record("it is not sent")
            return
        }
        #expect(messages.count == 1 && OutboundMessage(json: message.json) == message)
        #expect(!message.startsConversation)
    }

    static let bad: [[String: JSONValue]] = [
        ["buttons": buttons], ["text": "x"], ["text": "", "buttons": buttons], ["text": "x", "buttons": []],
        ["text": "x", "buttons": buttons, "list": list], ["text": "x", "buttons": [["id": "a"]]],
        ["text": "x", "buttons": [["id": "a", "title": "أ"], ["id": "a", "title": "ب"]]],
        ["text": "x", "link": ["title": "السلة", "url": "javascript:alert(1)"]],
        ["text": "x", "list": ["button": "b", "sections": []]], ["text": "x", "list": "y"],
    ]

    @Test(arguments: bad)
    func whatWhatsAppWouldNotTakeIsRefused(_ body: [String: JSONValue]) {
        let error = #expect(throws: HubError.self) { try MessageCard.interactive(body) }
        #expect(error?.code == .badRequest)
    }
}
