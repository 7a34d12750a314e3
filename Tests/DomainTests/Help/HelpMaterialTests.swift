import HubTestKit
import Testing

@testable import Domain

@Suite struct HelpMaterialTests {
    private static func history(_ events: [RoomEvent]) -> [FoldedHistory.Message] {
        let slice = HistorySlice(
            messages: events.filter { $0.content.kind == .message },
            changes: events.filter { $0.content.target != nil },
            notices: [], head: 9, hasMore: false)
        return FoldedHistory(slice).messages
    }

    private static let messages = history([
        Samples.event(1), Samples.event(2, .message(.text("أهلا"), replyTo: nil), by: Samples.agent),
        Samples.event(3, .message(.text("حُذفت"), replyTo: nil)), Samples.event(4, .deletion(target: 3)),
        Samples.event(5, .message(.text("كم السعر؟"), replyTo: nil)),
    ])
    private static let notes = history([
        Samples.event(1, .message(.text("عميل مهم"), replyTo: nil), by: Samples.agent, in: Samples.side, anchor: 2),
        Samples.event(2, .message(.text("اسأل المدير"), replyTo: nil), by: Samples.agent, in: Samples.side, anchor: 5),
    ])

    @Test func notesStandBehindWhatTheyWereWrittenAfter() {
        let material = HelpMaterial(Self.messages, notes: Self.notes, maxTokens: 1000)
        #expect(material.lines.map(\.speaker) == [.customer, .shop, .note, .customer, .note])
        #expect(material.lines.map(\.text).last == "(عمر) اسأل المدير")
        #expect(!material.lines.contains { $0.text.contains("حُذفت") })
    }

    @Test func theNewestFits() {
        let material = HelpMaterial(Self.messages, notes: Self.notes, maxTokens: 0)
        #expect(material.lines == [HelpLine(.note, "(عمر) اسأل المدير")])
        let two = HelpMaterial(Self.messages, notes: [], maxTokens: 24)
        #expect(two.lines.map(\.speaker) == [.shop, .customer])
        #expect(HelpMaterial([], notes: [], maxTokens: 100).lines.isEmpty)
    }

    @Test func aMessageIsTranslatedByItsOwnWords() throws {
        let file = Self.history([Samples.event(1, .message(.file(Samples.file), replyTo: nil), by: Samples.agent)])
        #expect(try HelpMaterial(translating: file.last, at: 1).text == "الفاتورة")
        #expect(try HelpMaterial(translating: Self.messages[1], at: 2).text == "أهلا")
    }

    @Test func whatIsGoneOrWithoutWordsIsNot() {
        let bare = FileReference(
            attachment: .sample(7), name: "a.png", type: "image/png", size: 1, url: "/x", width: nil, height: nil,
            caption: nil)
        let file = Self.history([Samples.event(1, .message(.file(bare), replyTo: nil))])
        #expect(throws: HubError.conflict("target 1 has no text to translate")) {
            try HelpMaterial(translating: file.last, at: 1)
        }
        for (message, target) in [(Self.messages[2], SequenceNumber(3)), (Self.messages[1], 4), (nil, 4)] {
            #expect(throws: HubError.notFound("target \(target) is no message of this room")) {
                try HelpMaterial(translating: message, at: target)
            }
        }
    }

    @Test(arguments: [RoomKind.conversation, .side, .channel, .group, .direct])
    func onlyTranslationIsForEveryRoom(kind: RoomKind) {
        #expect(HelpRequest(.translation(.message(1)), in: Samples.room).refusal(in: kind) == nil)
        for wish in [HelpRequest.Wish.reply(draft: ""), .summary] {
            #expect((HelpRequest(wish, in: Samples.room).refusal(in: kind) == nil) == (kind == .conversation))
        }
    }

    @Test func whatIsTooLongIsNamed() {
        let text = String(repeating: "ا", count: 101)
        for (wish, name) in [(HelpRequest.Wish.reply(draft: text), "draft"), (.translation(.text(text)), "text")] {
            let request = HelpRequest(wish, in: Samples.room)
            #expect(throws: Never.self) { try request.check(101) }
            #expect(throws: HubError(.tooLarge, "\(name) is longer than 100 characters: ask for less of it at once")) {
                try request.check(100)
            }
        }
        #expect(throws: Never.self) { try HelpRequest(.summary, in: Samples.room).check(1) }
    }
}
