import Domain

/// Passages as searches read them.
enum PassageRow {
    /// Of the tables named `a` (articles) and `p` (their passages).
    static let columns = """
        a.id, a.title, a.url, a.language, a.audience, p.number, p.heading, p.text, p.search
        """

    static func read(_ row: SQLRow) throws(HubError) -> FoundPassage {
        var row = row.reader
        let article = try row.text(ArticleID.init)
        let title = try row.text()
        let url = try row.optionalText()
        let language = try row.text(Language.init)
        let audience = try row.text(Article.Audience.init)
        let passage = Passage(number: Int(try row.integer()), heading: try row.text(), text: try row.text())
        return FoundPassage(
            article: article, title: title, url: url, language: language, audience: audience, passage: passage,
            search: try row.text())
    }

    static func read(vector text: String) -> EmbeddingVector? {
        Base64URL.decode(text).flatMap { EmbeddingVector(bytes: $0) }
    }

    static func text(of vector: EmbeddingVector) -> String { Base64URL.encode(vector.bytes) }
}

extension Article.Audience {
    /// Whose articles this reader may see, as SQL of the table named `a`; the texts are our own.
    var condition: String {
        switch self {
        case .customers: "a.state = 'published' AND a.audience = 'customers'"
        case .staff: "a.state = 'published'"
        }
    }
}
