/// A text that says which articles of the shop it rests on.
package struct CitedText: Sendable, Equatable {
    package struct Source: Sendable, Hashable {
        package let article: ArticleID
        /// As it was when it was cited.
        package let title: String
        /// Where customers can read it; nil when only the hub knows.
        package let url: String?

        package init(article: ArticleID, title: String, url: String?) {
            self.article = article
            self.title = title
            self.url = url
        }
    }

    package let text: String
    /// In the order in which the text uses them; each once, and at least one.
    package let sources: [Source]

    /// Nil without sources: then it is a plain text.
    package init?(_ text: String, _ sources: [Source]) {
        guard !sources.isEmpty else { return nil }
        self.text = text
        self.sources = sources
    }

    /// The text with its sources as lines below it, for whoever can show nothing else.
    package var withSources: String {
        sources.reduce(text + "\n") { text, source in
            text + "\n📄 \(source.title)" + (source.url.map { "\n\($0)" } ?? "")
        }
    }

    package var json: JSONValue {
        ["text": .string(text), "sources": .array(sources.map(\.json))]
    }

    package init?(json: JSONValue) {
        guard let text = json["text"]?.string, let values = json["sources"]?.array else { return nil }
        let sources = values.compactMap(Source.init)
        guard sources.count == values.count else { return nil }
        self.init(text, sources)
    }
}

extension CitedText.Source {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = ["article": .string(article.text), "title": .string(title)]
        members["url"] = url.map(JSONValue.string)
        return .object(members)
    }

    fileprivate init?(json: JSONValue) {
        guard let article = json["article"]?.string.flatMap(ArticleID.init), let title = json["title"]?.string else {
            return nil
        }
        self.init(article: article, title: title, url: json["url"]?.string)
    }
}
