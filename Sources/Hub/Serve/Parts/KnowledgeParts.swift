import Actors
import Domain
import Integrations
import RestFacade
import ServiceLifecycle
import Storage

/// What the shop knows, how it is found, and the model that tells what texts mean.
struct KnowledgeParts {
    let finder: ArticleSearch
    let resources: KnowledgeResources
    let services: [any Service]
    let metrics: [any MetricSource]
    private let model: OpenAIEmbedder?

    init(_ hub: HubContext, _ account: ModelAccount, hubName: String) {
        let (stores, limits) = (hub.stores, KnowledgeLimits(hub.limits))
        let model = Self.embedder(hub)
        self.model = model
        let metered = model.map { MeteredEmbedder($0, account.ledger) }
        let bell = WakeUps()
        finder = ArticleSearch(stores.passages, model: metered, limits: limits)
        resources = KnowledgeResources(articles: stores.articles, finder: finder, bell: bell, limits: limits)
        let keeper = metered.map { model in
            EmbeddingKeeper(
                stores.embeddings, model: model, bell: bell, hub: hubName, limits: limits, now: hub.now,
                logger: hub.logger)
        }
        services = keeper.map { [$0] } ?? []
        metrics = [finder] + (model.map { [$0] } ?? []) + (keeper.map { [$0] } ?? [])
    }

    @Sendable func close() async { await model?.close() }

    /// Nil without a key and the name of a model.
    private static func embedder(_ hub: HubContext) -> OpenAIEmbedder? {
        let outside = hub.outside
        guard let key = outside.openAIKey, let model = outside.openAIEmbeddingModel else { return nil }
        var account = OpenAIAccount(model: model, key: key.reveal())
        if let url = outside.openAIURL { account.baseURL = url }
        return OpenAIEmbedder(account, logger: hub.logger, now: hub.now)
    }
}
