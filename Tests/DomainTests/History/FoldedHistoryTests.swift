import Domain
import HubTestKit
import Testing

@Suite struct FoldedHistoryTests {
    private func fold(_ events: [EventContent], by author: (Int) -> Participant = { _ in Samples.visitor })
        -> FoldedHistory
    {
        let log = events.enumerated().map { index, content in
            Samples.event(SequenceNumber(Int64(index) + 1), content, by: author(index))
        }
        return FoldedHistory(
            HistorySlice(
                messages: log.filter { $0.content.kind == .message },
                changes: log.filter { $0.content.target != nil },
                notices: log.filter { $0.content.kind != .message && $0.content.target == nil },
                head: SequenceNumber(Int64(log.count)),
                hasMore: false
            ))
    }

    private let hello = EventContent.message(.text("مرحبا"), replyTo: nil)

    @Test func plainMessagesAreShownAsTheyAre() {
        let history = fold([hello, .state(.open, until: nil), .message(.file(Samples.file), replyTo: 1)])
        #expect(history.messages.map(\.event.seq) == [1, 3])
        #expect(history.messages.map(\.body) == [.text("مرحبا"), .file(Samples.file)])
        #expect(history.messages.allSatisfy { $0.edited == nil && $0.deleted == nil && $0.reactions.isEmpty })
        #expect(history.notices.map(\.seq) == [2])
        #expect(history.asOf == 3 && !history.hasMore)
    }

    @Test func lastEditCounts() {
        let history = fold([hello, .edit(target: 1, body: .text("a")), .edit(target: 1, body: .text("b"))])
        #expect(history.messages[0].body == .text("b"))
        #expect(history.messages[0].edited?.seq == 3)
        #expect(history.messages[0].edited?.at == Samples.start + .seconds(3))
    }

    @Test func deletionTakesBodyAndReactions() {
        let history = fold([
            hello, .reaction(target: 1, emoji: "👍", on: true), .deletion(target: 1),
            .edit(target: 1, body: .text("x")), .reaction(target: 1, emoji: "👍", on: true),
        ])
        #expect(history.messages[0].body == nil)
        #expect(history.messages[0].reactions.isEmpty)
        #expect(history.messages[0].deleted?.seq == 3)
        #expect(history.messages[0].deleted?.author == Samples.visitor)
        #expect(history.messages[0].edited == nil)
    }

    @Test func reactionsAreGatheredByEmojiInTheirOrder() {
        let history = fold(
            [
                hello, .reaction(target: 1, emoji: "👍", on: true), .reaction(target: 1, emoji: "❤️", on: true),
                .reaction(target: 1, emoji: "👍", on: true),
            ],
            by: { $0 == 3 ? Samples.agent : Samples.visitor })
        #expect(history.messages[0].reactions.map(\.emoji) == ["👍", "❤️"])
        #expect(history.messages[0].reactions[0].authors == [Samples.visitor, Samples.agent])
    }

    @Test func reactionIsOncePerPersonAndCanBeTakenBack() {
        let on = EventContent.reaction(target: 1, emoji: "👍", on: true)
        let off = EventContent.reaction(target: 1, emoji: "👍", on: false)
        #expect(fold([hello, on, on]).messages[0].reactions.map(\.authors) == [[Samples.visitor]])
        #expect(fold([hello, on, on, off]).messages[0].reactions.isEmpty)
        #expect(fold([hello, off]).messages[0].reactions.isEmpty)
        #expect(fold([hello, on, off, on]).messages[0].reactions.count == 1)
    }

    @Test func changesOfMessagesOutsideThePageAreIgnored() {
        let history = FoldedHistory(
            HistorySlice(
                messages: [Samples.event(5)],
                changes: [
                    Samples.event(7, .deletion(target: 4)), Samples.event(8, .edit(target: 5, body: .text("x"))),
                ],
                notices: [], head: 9, hasMore: true))
        #expect(history.messages.map(\.body) == [.text("x")])
        #expect(history.hasMore)
    }
}
