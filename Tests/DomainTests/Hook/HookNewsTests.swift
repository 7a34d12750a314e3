import HubTestKit
import Testing

@testable import Domain

@Suite struct HookNewsTests {
    private let room = Samples.room(.conversation)

    private func news(_ content: EventContent, _ seq: SequenceNumber = 5, firstWords: SequenceNumber? = nil)
        -> [HookNews]
    {
        HookNews.of(Samples.event(seq, content), in: room, firstWords: firstWords)
    }

    // MARK: Conversations

    @Test(arguments: Samples.contents)
    func everyKindOfEventIsToldAsItsType(_ content: EventContent) throws {
        let expected: [HookEventType] =
            switch content {
            case .message: [.messageCreated]
            case .edit: [.messageEdited]
            case .deletion: [.messageDeleted]
            case .assignment: [.conversationAssigned]
            case .state(.open, _): [.conversationOpened]
            case .state(.resolved, _): [.conversationClosed]
            case .rating: [.surveyAnswered]
            case .state, .reaction, .status, .membership, .labels, .clock, .survey, .run: []
            }
        let told = news(content)
        #expect(told.map(\.type) == expected)
        for each in told {
            #expect(each.stream == room.id.text && each.subject == room.id.text && each.sequence == 5)
            #expect(each.data["conversation"]?["id"]?.string == room.id.text)
            #expect(each.data["conversation"]?["customer"]?["kind"]?.string == "visitor")
        }
    }

    @Test func theFirstWordsOfTheCustomerOpenTheConversation() {
        let hello = EventContent.message(.text("السلام عليكم"), replyTo: nil)
        let told = news(hello, 5, firstWords: 5)
        #expect(told.map(\.type) == [.conversationOpened, .messageCreated])
        #expect(told.first?.data["again"] == false)
        #expect(news(hello, 6, firstWords: 5).map(\.type) == [.messageCreated])
        #expect(news(.state(.open, until: nil)).first?.data["again"] == true)
    }

    @Test func codesAreNeverTold() {
        for content in [
            EventContent.message(.codes(Samples.codes), replyTo: nil), .edit(target: 1, body: .codes(Samples.codes)),
        ] {
            for each in news(content) {
                #expect(each.data["message"]?["text"]?.string == Samples.codes.summary)
                #expect(each.data["message"]?["masked"] == true)
                #expect(!each.body(as: .sample(1), maxBytes: 65_536).contains("ITUN"))
            }
        }
    }

    @Test func onlyConversationsAreTold() {
        for kind in RoomKind.allCases where kind != .conversation {
            for content in Samples.contents {
                #expect(HookNews.of(Samples.event(1, content), in: Samples.room(kind), firstWords: 1).isEmpty)
            }
        }
    }

    @Test func anEditTellsOfTheMessageThatItChanges() {
        let told = news(.edit(target: 2, body: .text("بعد التعديل")), 9)
        #expect(told.first?.data["message"]?["seq"] == 2 && told.first?.sequence == 9)
    }

    // MARK: Records

    private func entry(_ action: String, _ kind: String, after: JSONValue? = nil) -> AuditEntry {
        AuditEntry(
            seq: 7, at: Samples.start, actor: .system,
            event: AuditEvent(action, AuditSubject(kind: kind, id: "n_1"), after: after), hash: "")
    }

    @Test(arguments: [
        ("contact.created", "contact", "", "", [HookEventType.contactCreated]),
        ("contact.changed", "contact", "", "", [.contactUpdated]),
        ("contact.merged", "contact", "", "", [.contactMerged]),
        ("contact.unmerged", "contact", "", "", [.contactUnmerged]),
        ("contact.erased", "contact", "", "", [.contactDeleted]),
        ("contact.merged_away", "contact", "", "", []), ("contact.exported", "contact", "", "", []),
        ("lead.created", "lead", "", "", [.leadCreated]), ("lead.changed", "lead", "", "", [.leadUpdated]),
        ("deal.created", "deal", "", "", [.dealCreated]), ("deal.changed", "deal", "stage", "g_1", [.dealUpdated]),
        ("deal.changed", "deal", "state", "won", [.dealUpdated, .dealWon]),
        ("deal.changed", "deal", "state", "lost", [.dealUpdated, .dealLost]),
        ("deal.changed", "deal", "state", "open", [.dealUpdated]),
        ("order.created", "order", "payment", "unpaid", [.orderCreated]),
        ("order.created", "order", "payment", "paid", [.orderCreated, .orderPaid]),
        ("order.changed", "order", "payment", "paid", [.orderUpdated, .orderPaid]),
        ("order.changed", "order", "state", "delivered", [.orderUpdated, .orderDelivered]),
        ("product.created", "product", "", "", []), ("code.revealed", "code", "", "", []),
        ("webhook_endpoint.created", "webhook_endpoint", "", "", []),
    ])
    func everyRowOfTheAuditLogIsToldAsItsTypes(
        _ action: String, _ kind: String, _ member: String, _ value: String, _ expected: [HookEventType]
    ) {
        let row = entry(action, kind, after: member.isEmpty ? nil : .object([member: .string(value)]))
        let told = HookNews.of(row, document: ["id": "n_1", "name": "سارة", "notes": "بيننا"])
        #expect(told.map(\.type) == expected)
        for each in told {
            #expect(each.stream == HookNews.records && each.sequence == 7 && each.subject == "n_1")
            #expect(each.data[kind]?["notes"] == nil, "what colleagues wrote stays with them")
            #expect(each.data[kind]?["id"] == "n_1")
        }
    }

    @Test func whatIsGoneIsToldByItsIDAlone() {
        let told = HookNews.of(entry("contact.erased", "contact"), document: ["id": "n_1", "name": "سارة"])
        #expect(told.first?.data["contact"] == ["id": "n_1"])
        #expect(HookNews.of(entry("lead.changed", "lead"), document: nil).first?.data["lead"] == ["id": "n_1"])
    }

    @Test func aChangeNamesWhatChangedAndAMergeWhoCameTo() {
        let change = HookNews.of(
            entry("contact.changed", "contact", after: ["name": "•••", "owner": .null]), document: [:])
        #expect(change.first?.data["changed"] == ["name", "owner"])
        let merge = HookNews.of(entry("contact.merged", "contact", after: ["from": "n_2"]), document: [:])
        #expect(merge.first?.data["from"] == "n_2")
    }

    // MARK: Bodies

    @Test func aBodySaysWhatItIsAndWhereItStands() throws {
        let event = HookEventID.sample(3)
        let told = try #require(news(.message(.text("مرحبا"), replyTo: nil)).first)
        let body = try JSONParser.parse(told.body(as: event, maxBytes: 65_536), maxDepth: 8)
        #expect(body["id"]?.string == event.text && body["type"] == "message.created" && body["version"] == 1)
        #expect(body["stream"]?.string == room.id.text && body["sequence"] == 5)
        #expect(body["timestamp"]?.string == told.at.rfc3339 && body["data"]?["message"]?["text"] == "مرحبا")
    }

    @Test func aBodyThatWouldBeTooLongSaysWhatItIsAbout() throws {
        let told = try #require(news(.message(.text(String(repeating: "م", count: 4000)), replyTo: nil)).first)
        let body = told.body(as: .sample(3), maxBytes: 1024)
        #expect(body.utf8.count <= 1024)
        let data = try JSONParser.parse(body, maxDepth: 8)["data"]
        #expect(data == ["id": .string(room.id.text), "too_large": true])
    }
}
