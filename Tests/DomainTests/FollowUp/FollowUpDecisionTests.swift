import HubTestKit
import Testing

@testable import Domain

@Suite struct FollowUpDecisionTests {
    private let rules = FollowUpRules()

    private func file(
        read: SequenceNumber = .zero,
        told: SequenceNumber = .zero,
        toldAt: Duration? = nil,
        looked: SequenceNumber = .zero,
        hereAt: Duration? = nil
    ) -> FollowUpFile {
        FollowUpFile(
            room: Samples.room, visitor: .sample(1), address: "sara@example.net", locale: "ar", head: 99,
            readUpTo: read, toldUpTo: told, toldAt: toldAt.map { Samples.start + $0 }, lookedUpTo: looked,
            hereAt: hereAt.map { Samples.start + $0 })
    }

    /// Message `n` is written `n` seconds after the start.
    private func decide(_ file: FollowUpFile, _ events: [RoomEvent], at time: Duration) -> FollowUpDecision {
        FollowUpDecision.decide(
            file, events.filter { $0.seq > file.known }, rules, now: Samples.start + time)
    }

    private let question = Samples.event(1)
    private let answer = Samples.event(2, by: Samples.agent)
    private let more = Samples.event(3, by: Samples.assistant)

    @Test func whoIsGoneIsToldOnceTheTimeHasCome() {
        let events = [question, answer, more]
        #expect(decide(file(), events, at: .seconds(601)) == .wait)
        #expect(decide(file(), events, at: .seconds(602)) == .tell(after: 1, upTo: 3, count: 2))
        #expect(decide(file(read: 2), events, at: .seconds(603)) == .tell(after: 2, upTo: 3, count: 1))
    }

    @Test func whatWasReadOrAnsweredIsNotTold() {
        let later = Samples.event(4)
        #expect(decide(file(read: 3), [question, answer, more], at: .seconds(9000)) == .settled)
        #expect(decide(file(), [question, answer, more, later], at: .seconds(9000)) == .settled)
        #expect(decide(file(), [question], at: .seconds(9000)) == .settled)
    }

    @Test func whatIsNoMessageOfPeopleIsNotTold() {
        let away = Samples.event(2, by: .hub)
        let gone = Samples.event(3, .deletion(target: 2), by: Samples.agent)
        let state = Samples.event(2, .state(.resolved, until: nil), by: Samples.agent)
        for events in [[question, away], [question, answer, gone], [question, state]] {
            #expect(decide(file(), events, at: .seconds(9000)) == .settled)
        }
    }

    @Test func whoIsHereIsNotWrittenTo() {
        let events = [question, answer]
        #expect(decide(file(hereAt: .seconds(600)), events, at: .seconds(659)) == .wait)
        #expect(decide(file(hereAt: .seconds(600)), events, at: .seconds(660)) == .tell(after: 1, upTo: 2, count: 1))
    }

    @Test func nobodyIsWrittenToAgainBeforeThePauseIsOverOrTheyWereBack() {
        let events = [question, answer, more]
        let told = file(told: 2, toldAt: .seconds(700))
        #expect(decide(told, events, at: .seconds(9000)) == .wait)
        #expect(decide(told, events, at: .seconds(700) + rules.pause) == .tell(after: 2, upTo: 3, count: 1))
        #expect(
            decide(file(read: 2, told: 2, toldAt: .seconds(700)), events, at: .seconds(800))
                == .tell(after: 2, upTo: 3, count: 1))
        let back = [question, answer, Samples.event(3), Samples.event(4, by: Samples.agent)]
        #expect(decide(told, back, at: .seconds(800)) == .tell(after: 3, upTo: 4, count: 1))
    }

    @Test func whatIsOldIsLeftInPeace() {
        #expect(
            decide(file(), [question, answer], at: .seconds(2) + rules.maxAge) == .tell(after: 1, upTo: 2, count: 1))
        #expect(decide(file(), [question, answer], at: .seconds(3) + rules.maxAge) == .settled)
    }

    @Test func theMailLeadsBackAndCannotBeForged() throws {
        let words = TranscriptWords(language: .arabic, shopName: "متجر <الورد>", zone: .riyadh)
        let answer = Samples.event(2, .message(.text("<script>طلبك جاهز"), replyTo: nil), by: Samples.agent)
        let history = FoldedHistory(
            HistorySlice(messages: [answer], changes: [], notices: [], head: 2, hasMore: false))
        let letter = FollowUpLetter.letter(history.messages, link: "https://x/continue#t", words: words)
        #expect(letter.subject == "رد من متجر <الورد>")
        #expect(letter.text.contains("<script>طلبك جاهز") && letter.text.contains("https://x/continue#t"))
        #expect(letter.html.contains("&lt;script&gt;طلبك جاهز") && !letter.html.contains("<script"))
        #expect(letter.html.contains("dir=\"rtl\"") && letter.html.contains("href=\"https://x/continue#t\""))
    }
}
