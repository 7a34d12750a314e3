import HubTestKit
import Testing

@testable import Domain

@Suite struct ModelTextTests {
    private static func history(_ events: [RoomEvent], changes: [RoomEvent] = []) -> [FoldedHistory.Message] {
        let slice = HistorySlice(messages: events, changes: changes, notices: [], head: 20, hasMore: false)
        return FoldedHistory(slice).messages
    }

    private static let handedOver = Samples.event(2, .message(.codes(Samples.codes), replyTo: nil), by: Samples.agent)
    private static let hidden = "[codes delivered to the customer, text hidden: 2 × آيتونز 50]"

    @Test func aModelNeverReadsACode() {
        let question = Samples.event(3, .message(.text("ما هو الكود؟"), replyTo: 2), by: Samples.visitor)
        let reading = AssistantTurn.Reading(Self.history([Self.handedOver, question]), maxTokens: 1000)
        #expect(reading.messages == [.assistant("(عمر) \(Self.hidden)"), .user("ما هو الكود؟")])
    }

    @Test func norInAnEditOfTheMessage() {
        let edit = Samples.event(
            3, .edit(target: 2, body: .text("كودك ITUN-5000-AAAA فقط")), by: Samples.agent)
        #expect(Self.history([Self.handedOver], changes: [edit]).map(\.textForModel) == [Self.hidden])
        let deletion = Samples.event(4, .deletion(target: 2), by: Samples.agent)
        #expect(Self.history([Self.handedOver], changes: [edit, deletion]).map(\.textForModel) == [nil])
    }

    @Test func peopleReadTheTextAndWhichCodesItHolds() {
        let body = MessageBody.codes(Samples.codes)
        #expect(body.kind == .text && body.plainText == Samples.codes.text)
        #expect(MessageBody(kind: .text, json: body.json) == body)
        #expect(MessageBody(kind: .text, json: ["text": "كود"]) == .text("كود"))
        #expect(throws: HubError.self) { try CodeText(String(repeating: "x", count: 8001), marks: []) }
    }

    @Test func eachProductIsCounted() throws {
        let marks = [("أ", 1), ("ب", 2), ("أ", 3)].map { CodeText.Mark(.sample($1), product: $0) }
        #expect(try CodeText("x", marks: marks).summary == "2 × أ, 1 × ب")
    }
}
