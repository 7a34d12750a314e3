import HubTestKit
import Testing

@testable import Domain

@Suite struct BubbleTextTests {
    @Test func itCutsAtTheBestPlace() {
        #expect(BubbleText.split("short", limit: 10) == ["short"])
        #expect(BubbleText.split("aaaa bb. cc\n\nddd eee", limit: 16) == ["aaaa bb. cc", "ddd eee"])
        #expect(BubbleText.split("aaaa bb. cc\nddd eee", limit: 16) == ["aaaa bb. cc", "ddd eee"])
        #expect(BubbleText.split("aaaa bbbbb. ccc ddd", limit: 16) == ["aaaa bbbbb.", "ccc ddd"])
        #expect(BubbleText.split("aaaa bbbbb ccc dddd", limit: 16) == ["aaaa bbbbb ccc", "dddd"])
        #expect(BubbleText.split("aaaaaaaaaaaaaaaaaaaa", limit: 8) == ["aaaaaaaa", "aaaaaaaa", "aaaa"])
        #expect(BubbleText.split("هل وصلت؟ نعم", limit: 10) == ["هل وصلت؟", "نعم"])
    }

    @Test func charactersStayWhole() {
        let family = "👨‍👩‍👧‍👦"
        let pieces = BubbleText.split(String(repeating: family, count: 9), limit: 25)
        #expect(pieces == Array(repeating: family + family, count: 4) + [family])
        // Unless one alone is longer than a bubble.
        #expect(BubbleText.split(family, limit: 4).joined() == family)
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func nothingIsLostAndEverythingFits(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let letters: [String] = ["ا", "b", " ", "\n", ".", "؟", "😀", "👩‍🚀", "é", "\r\n", "ـ", "  "]
        let text = (0..<Int.random(in: 0...400, using: &random)).map { _ in random.pick(letters) }.joined()
        let limit = Int.random(in: 8...60, using: &random)
        let pieces = BubbleText.split(text, limit: limit)
        #expect(pieces.allSatisfy { !$0.isEmpty && $0.utf16.count <= limit })
        #expect(pieces.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
    }
}
