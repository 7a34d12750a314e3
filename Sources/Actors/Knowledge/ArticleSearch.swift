package import Domain

/// Finds passages of the shop's articles by their words, and by their meaning where a model tells it.
package actor ArticleSearch {
    /// Of each ranking, before they are mixed.
    private static let maxRanked = 40
    /// Passages that are ranked by their words.
    private static let maxCandidates = 200

    private let store: any PassageStore
    private let model: Live<(any EmbeddingModel)?>
    private let limits: KnowledgeLimits
    private var shelf: VectorShelf
    /// The model whose vectors are on the shelf.
    private var shelved: String?
    private var counts: [String: UInt64] = [:]

    /// - Parameter model: Nil while none is set up.
    package init(_ store: any PassageStore, model: Live<(any EmbeddingModel)?>, limits: KnowledgeLimits) {
        self.store = store
        self.model = model
        self.limits = limits
        shelf = VectorShelf(maxPassages: limits.maxHeldPassages)
    }

    /// - Parameter sight: Whose articles are searched: those for customers, or all.
    package func find(_ question: String, for sight: Article.Audience, limit: Int) async throws -> ArticleFindings {
        let model = model.now
        async let vector = vector(of: question, by: model)
        let words = QueryWords(question).words
        let candidates = try await store.passages(holding: words, for: sight, limit: Self.maxCandidates)
        let byWords = PassageRanking.ranked(candidates, by: words).prefix(Self.maxRanked)
        var passages = Dictionary(byWords.map { ($0.key, $0) }) { first, _ in first }
        var meanings: [PassageKey]?
        if let model, let vector = await vector, try await refresh(for: model) {
            let nearest = shelf.nearest(
                to: vector, for: sight, minLikeness: Float(limits.minLikenessPercent) / 100, limit: Self.maxRanked)
            for passage in try await store.passages(nearest.filter { passages[$0] == nil }, for: sight) {
                passages[passage.key] = passage
            }
            meanings = nearest
        }
        counts[meanings == nil ? "words" : "hybrid", default: 0] += 1
        return ArticleFindings(words: byWords.map(\.key), meanings: meanings, passages: passages, limit: limit)
    }

    /// Nil when no model is set up, or it fails or is too slow: words alone find something at once.
    private nonisolated func vector(
        of question: String,
        by model: (any EmbeddingModel)?
    ) async -> EmbeddingVector? {
        guard let model, question.contains(where: { !$0.isWhitespace }) else { return nil }
        return await withTaskGroup(of: EmbeddingVector?.self) { group in
            group.addTask { try? await model.vectors(of: [question]).first }
            group.addTask { [limits] in
                try? await Task.sleep(for: limits.questionTimeout)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    /// Brings the vectors in memory up to what is stored; false when they are another model's by now.
    private func refresh(for model: any EmbeddingModel) async throws -> Bool {
        if shelved != model.name {
            // Vectors of different models cannot be compared.
            (shelf, shelved) = (VectorShelf(maxPassages: limits.maxHeldPassages), model.name)
        }
        let base = shelf.revision
        guard try await store.revision() != base else { return shelved == model.name }
        let changes = try await store.vectors(of: model.name, after: base, limit: limits.maxHeldPassages)
        guard shelved == model.name else { return false }
        shelf.apply(changes, after: base)
        return true
    }
}

extension ArticleSearch: MetricSource {
    package func families() async -> [MetricFamily] {
        [
            .counter(
                "hub_knowledge_searches_total", "Searches in the articles, by words alone or hybrid.",
                counts.sorted { $0.key < $1.key }.map { ([MetricFamily.Label("how", $0.key)], Double($0.value)) }),
            .gauge("hub_knowledge_passages_held", "Passages whose vectors are in memory.", Double(shelf.count)),
        ]
    }
}
