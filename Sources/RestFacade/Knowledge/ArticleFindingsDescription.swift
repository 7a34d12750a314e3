import Domain

/// What a search in the articles found, as the API describes it.
enum ArticleFindingsDescription {
    static let usualLimit = 8
    private static let maxLimit = 20

    /// By what a passage was found.
    private enum Way: String, CaseIterable {
        case words, meaning
    }

    /// How it was searched.
    private enum Mode: String, CaseIterable {
        case words, hybrid
    }

    static let parameters: [Endpoint.Parameter] = [
        .init(name: "q", schema: .line(500), note: "A question or words, in any spelling.", isRequired: true),
        .init(
            name: "audience", schema: .choice(Article.Audience.self),
            note: "`customers`: what the assistant finds for a customer; all when not given."),
        .init(name: "limit", schema: .integer(1...Int64(maxLimit)), note: "\(usualLimit) when not given."),
    ]

    private static let item = Schema.object(
        ObjectSchema(
            name: "FoundPassage",
            members: [
                .required("article", .id(ArticleID.self)),
                .required("title", .anyText, "Of the article."),
                .required("url", .nullable(.anyText)),
                .required("language", .choice(Language.self)),
                .required("audience", .choice(Article.Audience.self)),
                .required("heading", .nullable(.anyText), "The headings above it."),
                .required("text", .anyText),
                .required("by", .list(.choice(Way.self), count: 1...2)),
            ]
        ))

    static let answer = Schema.object(
        ObjectSchema(
            name: "ArticleFindings",
            members: [
                .required("items", .list(item, count: 0...maxLimit)),
                .required(
                    "mode", .choice(Mode.self),
                    "`words` when no embedding model is set up, or it did not answer in time."),
            ]
        ))

    static func document(_ findings: ArticleFindings) -> JSONValue {
        [
            "items": .array(findings.items.map(document)),
            "mode": .string((findings.isHybrid ? Mode.hybrid : .words).rawValue),
        ]
    }

    private static func document(_ item: ArticleFindings.Item) -> JSONValue {
        let found = item.passage
        let ways: [Way] = (item.isByWords ? [.words] : []) + (item.isByMeaning ? [.meaning] : [])
        let heading = found.passage.heading
        return [
            "article": .string(found.article.text), "title": .string(found.title), "url": .optional(found.url),
            "language": .string(found.language.rawValue), "audience": .string(found.audience.rawValue),
            "heading": .optional(heading.isEmpty ? nil : heading), "text": .string(found.passage.text),
            "by": .array(ways.map { .string($0.rawValue) }),
        ]
    }
}
