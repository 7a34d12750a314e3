/// A stretch of an article that is found and quoted as one.
package struct Passage: Sendable, Equatable {
    /// From 0, in the order of the article.
    package let number: Int
    /// The headings above it, the outermost first, with ` › ` between; empty for none.
    package let heading: String
    package let text: String

    package init(number: Int, heading: String, text: String) {
        self.number = number
        self.heading = heading
        self.text = text
    }

    /// What a model that makes vectors reads: what it is about, then what it says.
    package func meaning(in title: String) -> String {
        [title, heading, text].filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

/// Names a passage.
package struct PassageKey: Sendable, Hashable {
    package let article: ArticleID
    package let number: Int

    package init(article: ArticleID, number: Int) {
        self.article = article
        self.number = number
    }
}
