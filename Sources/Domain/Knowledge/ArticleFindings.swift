/// What a search in the articles found, the best first.
package struct ArticleFindings: Sendable, Equatable {
    package struct Item: Sendable, Equatable {
        package let passage: FoundPassage
        package let isByWords: Bool
        package let isByMeaning: Bool

        package init(_ passage: FoundPassage, isByWords: Bool, isByMeaning: Bool) {
            self.passage = passage
            self.isByWords = isByWords
            self.isByMeaning = isByMeaning
        }
    }

    package let items: [Item]
    /// Whether meanings were compared; else no model is set up, or it was away.
    package let isHybrid: Bool

    /// One article does not crowd out the others.
    package static let maxPerArticle = 2

    /// - Parameters:
    ///   - meanings: Nil when none were compared.
    ///   - passages: All that the rankings name; what is not there any more is passed over.
    package init(words: [PassageKey], meanings: [PassageKey]?, passages: [PassageKey: FoundPassage], limit: Int) {
        isHybrid = meanings != nil
        let (byWords, byMeaning) = (Set(words), Set(meanings ?? []))
        var counts: [ArticleID: Int] = [:]
        var items: [Item] = []
        for key in RankFusion.fused([words, meanings ?? []]) {
            guard items.count < limit else { break }
            guard let passage = passages[key], counts[key.article, default: 0] < Self.maxPerArticle else { continue }
            counts[key.article, default: 0] += 1
            items.append(
                Item(passage, isByWords: byWords.contains(key), isByMeaning: byMeaning.contains(key)))
        }
        self.items = items
    }
}
