import Domain
import Testing

@testable import Actors

@Suite struct AnswerPaceTests {
    @Test(arguments: [(1, 40), (120, 40), (300, 100), (500, 166), (600, 200), (5000, 200)])
    func theMoreThereAreTheSeldomerEach(_ growing: Int, _ milliseconds: Int64) {
        #expect(AnswerPace.pause(among: growing).milliseconds == milliseconds)
    }

    @Test func whatIsOverCountsNoMore() {
        let pace = AnswerPace()
        for _ in 0..<300 { pace.begin() }
        #expect(pace.pause == .milliseconds(100))
        for _ in 0..<299 { pace.end() }
        #expect(pace.pause == AnswerGatherer.pause)
    }
}
