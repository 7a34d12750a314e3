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
    /// Nil without a key and the name of a model.
    private let model: Replaceable<OpenAIEmbedder?>
    private let keeper: EmbeddingKeeper
    private let hub: HubContext

    init(_ hub: HubContext, _ account: ModelAccount, hubName: String) {
        self.hub = hub
        let (stores, limits, ledger) = (hub.stores, KnowledgeLimits(hub.limits), account.ledger)
        let model = Replaceable(Self.embedder(hub.outside.now, hub))
        self.model = model
        let metered = model.live.map { model -> (any EmbeddingModel)? in
            model.map { MeteredEmbedder($0, ledger) }
        }
        let bell = WakeUps()
        finder = ArticleSearch(stores.passages, model: metered, limits: limits)
        resources = KnowledgeResources(articles: stores.articles, finder: finder, bell: bell, limits: limits)
        keeper = EmbeddingKeeper(
            stores.embeddings, model: metered, bell: bell, hub: hubName, limits: limits, now: hub.now,
            logger: hub.logger)
    }

    var services: [any Service] { [keeper] }

    var metrics: [any MetricSource] {
        [finder, model.live.map { model -> (any MetricSource)? in model }, keeper]
    }

    /// Articles and questions are read by this model from now on; vectors of another one are made anew.
    func renew(_ outside: Outside) async {
        model.replace(with: Self.embedder(outside, hub))
        await keeper.renewed()
    }

    @Sendable func close() async { await model.now?.close() }

    private static func embedder(_ outside: Outside, _ hub: HubContext) -> OpenAIEmbedder? {
        guard let key = outside.openAIKey, let model = outside.openAIEmbeddingModel else { return nil }
        var account = OpenAIAccount(model: model, key: key.reveal())
        if let url = outside.openAIURL { account.baseURL = url }
        return OpenAIEmbedder(account, logger: hub.logger, now: hub.now)
    }
}
