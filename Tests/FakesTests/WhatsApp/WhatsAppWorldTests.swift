import Testing

@testable import Fakes

/// The rules of the reference, each with the code that Meta answers.
@Suite struct WhatsAppWorldTests {
    private static let hind = Customer(userID: "SA.1", waID: "966511111111", name: "هند")
    private static let fahad = Customer(userID: "SA.2", name: "فهد", username: "fahad")

    private static func world(_ change: (inout WhatsAppSettings) -> Void = { _ in }) -> WhatsAppWorld {
        var settings = WhatsAppSettings(token: "t", appSecret: "s", verifyToken: "v")
        change(&settings)
        var world = WhatsAppWorld(settings, at: 0)
        world.put(hind)
        world.put(fahad)
        return world
    }

    private static func text(_ text: String = "أهلًا", to address: String = "+966 51 111 1111") -> JSON {
        ["messaging_product": "whatsapp", "to": .string(address), "type": "text", "text": ["body": .string(text)]]
    }

    /// The code of the error; nil when it was taken.
    private static func code(_ run: () throws -> WhatsAppWorld.Accepted) -> Int64? {
        do {
            _ = try run()
            return nil
        } catch {
            return (error as? GraphError)?.code
        }
    }

    @Test func theWindowOpensWithTheCustomerAndEndsADayLater() throws {
        var world = Self.world()
        #expect(Self.code { try world.send(Self.text(), at: 1) } == 131_047)
        _ = world.receive(["type": "text", "text": ["body": "مرحبا"]], from: "966511111111", at: 10)
        let inTime = try world.send(Self.text(), at: 86_409)
        #expect(inTime.fate.map(\.name) == ["sent", "delivered", "read"])
        #expect(Self.code { try world.send(Self.text(), at: 86_410) } == 131_047)
        let template: JSON = ["name": "hello_world", "language": ["code": "en_US"]]
        let body: JSON = [
            "messaging_product": "whatsapp", "to": "966511111111", "type": "template", "template": template,
        ]
        let sent = try world.send(body, at: 90_000)
        #expect(sent.answer["messages"]?.array?.first?["message_status"] == "accepted")
        #expect(Self.code { try world.send(Self.text(), at: 90_001) } == 131_047, "a template opens no window")
        world.settings.tellsClosedWindowLater = true
        let late = try world.send(Self.text(), at: 90_002)
        #expect(late.fate == [.init(name: "failed", error: .windowClosed)])
    }

    @Test func pairAndNumberHaveTheirRates() {
        var world = Self.world { $0.pairBurst = 2 }
        _ = world.receive(["type": "text"], from: "SA.1", at: 0)
        #expect(Self.code { try world.send(Self.text(), at: 0) } == nil)
        #expect(Self.code { try world.send(Self.text(), at: 0) } == nil)
        #expect(Self.code { try world.send(Self.text(), at: 5) } == 131_056)
        #expect(Self.code { try world.send(Self.text(), at: 6.1) } == nil)
        var busy = Self.world { $0.numberPerSecond = 1 }
        _ = busy.receive(["type": "text"], from: "SA.1", at: 0)
        #expect(Self.code { try busy.send(Self.text(), at: 0) } == nil)
        #expect(Self.code { try busy.send(Self.text(), at: 0.5) } == 130_429)
    }

    @Test func whoHidesTheNumberIsReachedByIDAlone() throws {
        var world = Self.world()
        let received = world.receive(["type": "text", "text": ["body": "x"]], from: "SA.2", at: 0)
        let value = try #require(received)
        let message = try #require(value["messages"]?.array?.first)
        #expect(message["from"] == nil && message["from_user_id"] == "SA.2")
        #expect(value["contacts"]?.array?.first?["wa_id"] == nil)
        // In `to` an id is taken and dropped.
        let dropped = try world.send(Self.text(to: "SA.2"), at: 1)
        #expect(dropped.fate.isEmpty)
        let body: JSON = [
            "messaging_product": "whatsapp", "recipient": "SA.2", "type": "text", "text": ["body": "x"],
            "biz_opaque_callback_data": "m_1",
        ]
        let sent = try world.send(body, at: 1)
        #expect(sent.fate.map(\.name) == ["sent", "delivered", "read"])
        let told = world.tell(sent.fate[0], of: sent.id, at: 2)
        let status = try #require(told?["statuses"]?.array?.first)
        #expect(status["recipient_id"] == nil && status["recipient_user_id"] == "SA.2")
        #expect(status["biz_opaque_callback_data"] == "m_1" && status["timestamp"] == "2")
    }

    @Test func theRestOfWhatIsRefused() {
        var world = Self.world()
        _ = world.receive(["type": "text"], from: "SA.1", at: 0)
        #expect(Self.code { try world.send(Self.text(to: "966500000000"), at: 0) } == 131_021)
        #expect(Self.code { try world.send(Self.text(""), at: 0) } == 131_009)
        #expect(Self.code { try world.send(Self.text(String(repeating: "ا", count: 4097)), at: 0) } == 131_009)
        #expect(Self.code { try world.send(["to": "1", "type": "text"], at: 0) } == 131_008)
        let media: JSON = [
            "messaging_product": "whatsapp", "to": "966511111111", "type": "image", "image": ["id": "1"],
        ]
        #expect(Self.code { try world.send(media, at: 0) } == 131_009)
        let template: JSON = [
            "messaging_product": "whatsapp", "to": "966511111111", "type": "template",
            "template": ["name": "welcome_back", "language": ["code": "ar"]],
        ]
        #expect(Self.code { try world.send(template, at: 0) } == 132_000)
        #expect(throws: GraphError.badToken) { try world.checkToken("Bearer other") }
        world.settings.isTokenExpired = true
        #expect(throws: GraphError.expiredToken) { try world.checkToken("Bearer t") }
        #expect(throws: GraphError.unknownNumber) { try world.checkNumber("1") }
    }

    @Test func whoCannotBeReachedFailsLater() throws {
        var world = Self.world()
        var away = Self.hind
        away.isReachable = false
        away.lastWroteAt = 0
        world.put(away)
        let sent = try world.send(Self.text(), at: 1)
        #expect(sent.fate == [.init(name: "failed", error: .undeliverable)])
    }

    @Test func readingMarksAllBefore() throws {
        var world = Self.world()
        for number in 1...3 { _ = world.receive(["id": .string("in\(number)")], from: "SA.1", at: Double(number)) }
        try world.markRead("in2")
        #expect(world.messages.map(\.isRead) == [true, true, false])
        #expect(throws: GraphError.self) { try world.markRead("unknown") }
    }

    @Test func anAddressOfAFileEnds() throws {
        var world = Self.world()
        let id = world.keep(.init(type: "image/png", bytes: [1, 2, 3]))
        _ = try world.addAddress("key", of: id, at: 100)
        #expect(world.file(id, behind: "key", at: 399)?.bytes == [1, 2, 3])
        #expect(world.file(id, behind: "key", at: 400) == nil)
        #expect(world.file(id, behind: "other", at: 100) == nil)
        let removals = [world.removeFile(id), world.removeFile(id)]
        #expect(removals == [true, false])
    }
}
