import Testing

@testable import Domain

@Suite struct AnswerGathererTests {
    private static let whole = Completion(text: "ab", refusal: nil, toolCalls: [], finish: .stop, usage: nil)

    @Test func theFirstPieceIsTakenAtOnceAndOthersTogether() {
        var gatherer = AnswerGatherer()
        var calls = [gatherer.add("خم"), gatherer.add("سون")]
        var news = [gatherer.take()]
        #expect(calls == [true, false] && gatherer.isResting, "it was called already")
        calls = [gatherer.add(" ريا"), gatherer.add("لا"), gatherer.rested(), gatherer.add(".")]
        news.append(gatherer.take())
        #expect(calls == [false, false, true, false] && news == [.text("خمسون"), .text(" ريالا.")])
        calls = [gatherer.rested(), gatherer.add("!")]
        #expect(calls == [false, true], "nothing came meanwhile, so the next piece calls")
    }

    @Test func muchDoesNotWait() {
        var gatherer = AnswerGatherer()
        _ = gatherer.add("a")
        _ = gatherer.take()
        let long = String(repeating: "b", count: AnswerGatherer.maxBytes - 1)
        let calls = [gatherer.add(long), gatherer.add("c"), gatherer.add("d"), gatherer.rested()]
        let news = gatherer.take()
        #expect(calls == [false, true, false, false] && news == .text(long + "cd"))
    }

    @Test func theEndDoesNotWait() {
        var gatherer = AnswerGatherer()
        _ = gatherer.add("a")
        _ = gatherer.take()
        let calls = [gatherer.add("b"), gatherer.end(.success(Self.whole))]
        let news = [gatherer.take(), gatherer.take()]
        #expect(calls == [false, true] && news == [.ended(.success(Self.whole)), nil], "it is told once")
        #expect(!gatherer.isResting)
    }

    @Test func whoFindsNothingDoesNotRest() {
        var gatherer = AnswerGatherer()
        let nothing = gatherer.take()
        let calls = [gatherer.rested(), gatherer.end(.failure(CompletionFailure(.truncated)))]
        #expect(nothing == nil && calls == [false, true])
    }
}
