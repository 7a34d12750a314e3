import HubTestKit
import Testing

@testable import Domain

@Suite struct PassageRankingTests {
    @Test(arguments: [
        ("كيف أسترجع البطاقة؟", ["استرجع", "بطاق"]),
        ("وش سياسة الإرجاع عندكم", ["سياس", "ارجاع", "عندكم"]),
        ("والبطاقات", ["بطاق"]),
        ("How do I activate my cards?", ["activate", "card"]),
        ("كيف", ["كيف"]),
        ("؟!", []),
        ("بطاقة البطاقة", ["بطاق"]),
        ("إلى", ["الي"]),
    ])
    func whatTellsNothingIsLeftOut(_ question: String, _ words: [String]) {
        #expect(QueryWords(question).words == words)
    }

    @Test func aQuestionHasABound() {
        #expect(QueryWords((0..<50).map { "كلمة\($0)" }.joined(separator: " ")).words.count == QueryWords.maxCount)
    }

    @Test func rareWordsAndTitlesCountMore() {
        let passages = [
            FoundPassage.sample(1, "بطاقة بطاقة بطاقة بطاقة ألعاب"),
            FoundPassage.sample(2, "بطاقة ضمانها سنة"),
            FoundPassage.sample(3, "بطاقة أخرى"),
        ]
        let ranked = PassageRanking.ranked(passages, by: QueryWords("ضمان البطاقة").words)
        #expect(ranked.map(\.article) == [.sample(2), .sample(1), .sample(3)])
        let titled = passages + [.sample(4, title: "ضمان البطاقة", "سنة كاملة")]
        #expect(PassageRanking.ranked(titled, by: ["ضمان", "بطاق"]).first?.article == .sample(4))
    }

    @Test func whatHoldsTooFewOfTheWordsIsLeftOut() {
        let passages = [FoundPassage.sample(1, "شحن رصيد سوا"), FoundPassage.sample(2, "شحن")]
        let words = ["شحن", "رصيد", "سوا", "هاتف"]
        #expect(PassageRanking.ranked(passages, by: words).map(\.article) == [.sample(1)])
        #expect(PassageRanking.ranked(passages, by: []).isEmpty && PassageRanking.ranked([], by: words).isEmpty)
    }

    @Test(arguments: [(1.0, 0.0), (2, 0.693147), (10, 2.302585), (1234.5, 7.118421)])
    func theLogarithmIsRight(_ value: Double, _ expected: Double) {
        #expect(abs(PassageRanking.logarithm(value) - expected) < 0.00001)
    }
}
