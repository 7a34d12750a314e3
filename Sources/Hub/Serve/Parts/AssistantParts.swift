import Actors
import Domain
import Integrations
import Storage

/// The shop's account at a language model.
struct ModelAccount {
    /// Nil without a key and the name of a model.
    let client: OpenAIClient?

    init(_ hub: HubContext) {
        let outside = hub.configuration.outside
        guard let key = outside.openAIKey, let model = outside.openAIModel else {
            client = nil
            return
        }
        var account = OpenAIClient.Account(model: model, key: key.reveal())
        if let url = outside.openAIURL { account.baseURL = url }
        client = OpenAIClient(account, now: hub.now)
    }
}

/// The assistant and its tools.
struct AssistantParts {
    let desk: AssistantDesk
    let metrics: [any MetricSource]

    init(_ hub: HubContext, _ messaging: MessagingParts, _ model: ModelAccount, _ whatsApp: WhatsAppAccount) {
        let stores = hub.stores
        desk = AssistantDesk(
            AssistantEnvironment(
                model: model.client,
                tools: [HandOverTool(), SearchProductsTool(products: stores.products)],
                runs: stores.assistantRuns,
                log: stores.rooms,
                audit: stores.audit,
                conversations: stores.conversations,
                settings: HoursBook(settings: stores.settings, teams: stores.teams, zones: SystemTimeZones()),
                rooms: messaging.rooms,
                routing: messaging.routing,
                board: messaging.assistants,
                signs: whatsApp.signs,
                hub: messaging.node,
                now: hub.now,
                logger: hub.logger
            ))
        metrics = [desk] + [model.client].compactMap { $0 }
    }
}
