/// What the tools of one run have found in the articles, under the numbers by which the model may cite it.
package struct CitationLedger: Sendable, Equatable {
    private var sources: [CitedText.Source] = []

    package init() {}

    /// Numbers the articles of these passages, and returns what the model is told of them.
    package mutating func note(_ passages: [FoundPassage]) -> JSONValue {
        .array(
            passages.map { found in
                let source = CitedText.Source(article: found.article, title: found.title, url: found.url)
                let heading = found.passage.heading
                return [
                    "ref": .string("[#\(number(of: source))]"), "title": .string(found.title),
                    "heading": .optional(heading.isEmpty ? nil : heading), "text": .string(found.passage.text),
                ]
            })
    }

    private mutating func number(of source: CitedText.Source) -> Int {
        if let place = sources.firstIndex(where: { $0.article == source.article }) { return place + 1 }
        sources.append(source)
        return sources.count
    }

    /// What was cited; numbers that nobody gave are passed over.
    package func sources(cited numbers: [Int]) -> [CitedText.Source] {
        numbers.filter { $0 > 0 && $0 <= sources.count }.map { sources[$0 - 1] }
    }
}
