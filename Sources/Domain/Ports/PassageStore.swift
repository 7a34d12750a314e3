/// The passages of published articles, as searches find them.
package protocol PassageStore: Sendable {
    /// Those that hold at least one of the words, which are folded; those that hold most of them come first.
    func passages(holding words: [String], for sight: Article.Audience, limit: Int) async throws -> [FoundPassage]

    /// Those of the keys that are there and may be seen, in any order.
    func passages(_ keys: [PassageKey], for sight: Article.Audience) async throws -> [FoundPassage]

    /// The number of the last change of what searches see.
    func revision() async throws -> Int64

    /// The vectors of `model` that changed after `revision`, and which articles there are now; of one moment.
    ///
    /// - Parameter limit: Passages at most; those of the articles that changed last.
    func vectors(of model: String, after revision: Int64, limit: Int) async throws -> VectorChanges
}

/// A passage that was found, with what a reader is shown of it.
package struct FoundPassage: Sendable, Equatable {
    package let article: ArticleID
    package let title: String
    package let url: String?
    package let language: Language
    package let audience: Article.Audience
    package let passage: Passage
    /// Title, headings and text, folded.
    package let search: String

    package init(
        article: ArticleID,
        title: String,
        url: String?,
        language: Language,
        audience: Article.Audience,
        passage: Passage,
        search: String
    ) {
        self.article = article
        self.title = title
        self.url = url
        self.language = language
        self.audience = audience
        self.passage = passage
        self.search = search
    }

    package var key: PassageKey { PassageKey(article: article, number: passage.number) }
}

/// What changed of the vectors since somebody looked.
package struct VectorChanges: Sendable, Equatable {
    package struct Entry: Sendable, Equatable {
        package let article: ArticleID
        package let audience: Article.Audience
        /// By the number of the passage.
        package let vectors: [(number: Int, vector: EmbeddingVector)]

        package init(article: ArticleID, audience: Article.Audience, vectors: [(number: Int, vector: EmbeddingVector)])
        {
            self.article = article
            self.audience = audience
            self.vectors = vectors
        }

        package static func == (left: Entry, right: Entry) -> Bool {
            left.article == right.article && left.audience == right.audience
                && left.vectors.elementsEqual(right.vectors) { $0.number == $1.number && $0.vector == $1.vector }
        }
    }

    package let revision: Int64
    /// Articles that changed, with all their vectors; none for those that searches do not see any more.
    package let changed: [Entry]
    /// All articles there are.
    package let articles: Set<ArticleID>

    package init(revision: Int64, changed: [Entry], articles: Set<ArticleID>) {
        self.revision = revision
        self.changed = changed
        self.articles = articles
    }
}
