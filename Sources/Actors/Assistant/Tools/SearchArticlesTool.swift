package import Domain

/// Finds what the shop wrote down for its customers.
package struct SearchArticlesTool: AssistantTool {
    package let isHarmless = true

    package let offer = ToolOffer(
        name: "search_articles",
        purpose: """
            Finds passages of the shop's articles: policies, refunds, delivery, payment, activation and other how-tos. \
            Cite what you use by its ref.
            """,
        parameters: [
            "type": "object",
            "properties": [
                "query": [
                    "type": "string", "description": "The customer's question, in one sentence, in their language.",
                ]
            ],
            "required": ["query"],
        ]
    )

    private static let maxFound = 4
    private static let maxQueryLength = 500

    private let finder: ArticleSearch

    package init(finder: ArticleSearch) {
        self.finder = finder
    }

    package func call(_ arguments: JSONValue, in conversation: AssistantRun.ID) async throws -> ToolResult {
        guard let query = arguments["query"]?.string, (1...Self.maxQueryLength).contains(query.count) else {
            return .fault("query must be a text of 1 to \(Self.maxQueryLength) characters")
        }
        let findings = try await finder.find(query, for: .customers, limit: Self.maxFound)
        return .passages(findings.items.map(\.passage))
    }
}
