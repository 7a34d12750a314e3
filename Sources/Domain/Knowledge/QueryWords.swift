/// The words of a question that say what it is about, as a search looks for them.
///
/// People ask whole sentences. What stands in every sentence is left out, and from a word what is put before or behind
/// it (the article, plurals), because the search finds parts of words.
package struct QueryWords: Sendable, Equatable {
    /// A search for more costs more and finds no better.
    package static let maxCount = 12
    /// What stays of a word has at least so many letters.
    private static let minStem = 3

    /// Folded, each once, in the order of the question.
    package let words: [String]

    package init(_ question: String) {
        let all = SearchText.fold(question).split(separator: " ").map(String.init)
        let telling = all.filter { !Self.common.contains($0) && $0.unicodeScalars.count > 1 }
        var seen: Set<String> = []
        let stems = (telling.isEmpty ? all : telling).map(Self.stem).filter { seen.insert($0).inserted }
        words = Array(stems.prefix(Self.maxCount))
    }

    private static func stem(_ word: String) -> String {
        var stem = word[...]
        for prefix in prefixes where stem.hasPrefix(prefix) && stem.count - prefix.count >= minStem {
            stem = stem.dropFirst(prefix.count)
            break
        }
        for suffix in suffixes where stem.hasSuffix(suffix) && stem.count - suffix.count >= minStem {
            stem = stem.dropLast(suffix.count)
            break
        }
        return String(stem)
    }

    /// Longer ones first. As light stemming of Arabic does it (Larkey, Ballesteros, Connell 2002), and a little English.
    private static let prefixes = ["وال", "بال", "كال", "فال", "لل", "ال"]
    private static let suffixes = ["ها", "ات", "ون", "ين", "ته", "تي", "تك", "ه", "ي", "ing", "es", "ed", "s"]

    private static let common: Set<String> = Set(
        """
        في من على الى عن ما ماذا هل كيف متى اين وين كم هذا هذه هو هي انا انت لو اذا ثم او مع ان لا قد كان عندي ممكن ابي
        ابغى اريد لي لك يا وش ايش شو ليش لماذا طيب بعد قبل كل اي تم عليه فيه
        the an is are was to of in on for and or my me you your do does did how what when where can could would please
        it this that with from if have has be will not
        """
        .split(whereSeparator: \.isWhitespace).map { SearchText.fold(String($0)) })
}
