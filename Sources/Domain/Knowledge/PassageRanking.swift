/// Ranks passages by the words of a question: rare words count more than common ones, titles more than texts.
///
/// Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with its usual
/// constants; how rare a word is, is counted among the passages that are ranked.
package enum PassageRanking {
    private static let saturation = 1.2
    private static let lengthWeight = 0.75
    /// What a word adds that stands in the title, or in a heading.
    private static let titleBonus = 1.0
    private static let headingBonus = 0.5

    /// The best first. One that holds less than a third of the words is left out: it is about something else.
    package static func ranked(_ passages: [FoundPassage], by words: [String]) -> [FoundPassage] {
        guard !words.isEmpty, !passages.isEmpty else { return [] }
        let counts = passages.map { passage in words.map { Self.count(of: $0, in: passage.search) } }
        let lengths = passages.map { Double($0.search.utf8.count) }
        let usual = lengths.reduce(0, +) / Double(lengths.count)
        let rarities = words.indices.map { word in
            let holders = Double(counts.count { $0[word] > 0 })
            return logarithm(1 + (Double(passages.count) - holders + 0.5) / (holders + 0.5))
        }
        let scores = passages.indices.map { place -> Double in
            let length = 1 - lengthWeight + lengthWeight * lengths[place] / usual
            let title = SearchText.fold(passages[place].title)
            let heading = SearchText.fold(passages[place].passage.heading)
            return words.indices.reduce(0) { sum, word in
                let count = Double(counts[place][word])
                guard count > 0 else { return sum }
                var weight = count * (saturation + 1) / (count + saturation * length)
                if title.contains(words[word]) { weight += titleBonus }
                if heading.contains(words[word]) { weight += headingBonus }
                return sum + rarities[word] * weight
            }
        }
        let fewest = (words.count + 2) / 3
        return passages.indices
            .filter { place in counts[place].count { $0 > 0 } >= fewest }
            .sorted { (scores[$0], $1) > (scores[$1], $0) }
            .map { passages[$0] }
    }

    private static func count(of word: String, in text: String) -> Int {
        text.ranges(of: word).count
    }

    /// Natural, for values of 1 and more; `Domain` has no library of mathematics. By `2 · artanh((x-1)/(x+1))`.
    static func logarithm(_ value: Double) -> Double {
        var (mantissa, halvings) = (max(1, value), 0.0)
        while mantissa > 1.5 {
            mantissa /= 2
            halvings += 1
        }
        let ratio = (mantissa - 1) / (mantissa + 1)
        var (term, sum) = (ratio, 0.0)
        for odd in stride(from: 1.0, through: 19, by: 2) {
            sum += term / odd
            term *= ratio * ratio
        }
        return 2 * sum + halvings * 0.693_147_180_559_945_3
    }
}
