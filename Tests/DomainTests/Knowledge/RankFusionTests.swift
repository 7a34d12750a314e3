import HubTestKit
import Testing

@testable import Domain

@Suite struct RankFusionTests {
    @Test func whatBothKnowIsBeforeWhatOnlyOnePutsFirst() {
        #expect(RankFusion.fused([["a", "x"], ["b", "x"]]) == ["x", "a", "b"])
        #expect(RankFusion.fused([["a", "b"], []]) == ["a", "b"])
        #expect(RankFusion.fused([[String]]()).isEmpty)
    }

    @Test func aThingCountsOnceInARanking() {
        #expect(RankFusion.fused([["a", "b", "b", "b"], ["a"]]) == ["a", "b"])
        #expect(RankFusion.fused([["a", "a", "b"], ["b", "c"]]) == ["b", "a", "c"])
    }

    @Test func oneRankingKeepsItsOrder() {
        let keys = Array(0..<100)
        #expect(RankFusion.fused([keys]) == keys && RankFusion.fused([keys, keys]) == keys)
    }

    private static func key(_ article: Int, _ number: Int = 0) -> PassageKey {
        PassageKey(article: .sample(article), number: number)
    }

    /// The word "card" is in the wrong article more often, and the meaning alone is nearest to a third.
    @Test func mixedTheRightOneIsFirstThatNeitherPutsFirst() {
        let passages = Dictionary(uniqueKeysWithValues: (1...3).map { (Self.key($0), FoundPassage.sample($0, "نص")) })
        let words = [Self.key(1), Self.key(2)]
        let meanings = [Self.key(3), Self.key(2)]
        func first(_ words: [PassageKey], _ meanings: [PassageKey]?) -> ArticleID? {
            ArticleFindings(words: words, meanings: meanings, passages: passages, limit: 3).items.first?.passage.article
        }
        #expect(first(words, nil) == .sample(1) && first([], meanings) == .sample(3))
        #expect(first(words, meanings) == .sample(2))
    }

    @Test func oneArticleDoesNotCrowdOutTheOthers() {
        let keys = (0..<5).map { Self.key(1, $0) } + [Self.key(2), Self.key(9)]
        var passages = Dictionary(
            uniqueKeysWithValues: (0..<5).map { (Self.key(1, $0), FoundPassage.sample(1, at: $0, "ن")) })
        passages[Self.key(2)] = .sample(2, "ن")
        let findings = ArticleFindings(words: keys, meanings: nil, passages: passages, limit: 4)
        #expect(findings.items.map(\.passage.key) == [Self.key(1, 0), Self.key(1, 1), Self.key(2)])
        #expect(!findings.isHybrid && findings.items.allSatisfy { $0.isByWords && !$0.isByMeaning })
        #expect(ArticleFindings(words: keys, meanings: nil, passages: passages, limit: 1).items.count == 1)
    }
}
