/// What is to be embedded, and by whom; the work is shared among hubs.
package protocol EmbeddingStore: Sendable {
    /// Published articles without vectors of `model` for their present text, which are due and which nobody has:
    /// from now on `hub` has them until `lease`.
    func claim(
        for model: String,
        by hub: String,
        at moment: Timestamp,
        until lease: Timestamp,
        limit: Int
    ) async throws -> [EmbeddingTask]

    /// Keeps the vectors, one for each passage, and gives the article back.
    ///
    /// Returns false when the text changed meanwhile, or the lease went to another hub: then nothing is kept.
    func keep(_ vectors: [EmbeddingVector], of task: EmbeddingTask, model: String, by hub: String) async throws -> Bool

    /// Gives an article back that failed. `problem` says why, for staff.
    func putOff(_ task: EmbeddingTask, by hub: String, until due: Timestamp, problem: String) async throws

    /// How far the work is.
    func progress(for model: String) async throws -> EmbeddingProgress
}

/// An article whose passages want vectors.
package struct EmbeddingTask: Sendable, Equatable {
    package let article: ArticleID
    /// The version in which the text changed last.
    package let textVersion: Int64
    package let title: String
    package let passages: [Passage]
    /// Failures in a row.
    package let failures: Int64

    package init(article: ArticleID, textVersion: Int64, title: String, passages: [Passage], failures: Int64) {
        self.article = article
        self.textVersion = textVersion
        self.title = title
        self.passages = passages
        self.failures = failures
    }

    package var texts: [String] { passages.map { $0.meaning(in: title) } }
}

/// How far all published articles have their vectors.
package struct EmbeddingProgress: Sendable, Equatable {
    package let published: Int64
    /// Without vectors of the model for their present text.
    package let missing: Int64
    /// Of these, whose last try failed.
    package let failed: Int64
    /// The latest failure.
    package let problem: String?

    package init(published: Int64, missing: Int64, failed: Int64, problem: String?) {
        self.published = published
        self.missing = missing
        self.failed = failed
        self.problem = problem
    }
}
