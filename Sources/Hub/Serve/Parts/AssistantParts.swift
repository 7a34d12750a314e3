import Actors
import Domain
import Integrations
import RestFacade
import Storage

/// The shop's account at a language model.
struct ModelAccount {
    /// Nil without a key and the name of a model.
    let client: OpenAIClient?
    /// The client as all use it: codes of the shop never reach it.
    let model: (any LanguageModel)?
    let ledger: UsageLedger

    var doorman: AssistantDoorman {
        AssistantDoorman(hours: hours, ledger: ledger, hasModel: client != nil, now: now)
    }

    private let hours: HoursBook
    private let now: @Sendable () -> Timestamp

    init(_ hub: HubContext) {
        let outside = hub.outside
        (hours, now) = (hub.hours, hub.now)
        ledger = UsageLedger(
            store: hub.stores.usage, hours: hub.hours, model: outside.openAIModel ?? "", now: hub.now,
            logger: hub.logger)
        guard let key = outside.openAIKey, let model = outside.openAIModel else {
            (client, self.model) = (nil, nil)
            return
        }
        var account = OpenAIClient.Account(model: model, key: key.reveal())
        if let url = outside.openAIURL { account.baseURL = url }
        let client = OpenAIClient(account, logger: hub.logger, now: hub.now)
        self.client = client
        self.model = CodeBlindModel(client, codes: hub.stores.codes, vault: hub.prepared.vault)
    }

    @Sendable func close() async { await client?.close() }
}

/// The assistant and its tools.
struct AssistantParts {
    let desk: AssistantDesk
    let metrics: [any MetricSource]
    let resources: AssistantResources

    init(
        _ hub: HubContext,
        _ messaging: MessagingParts,
        _ shop: ShopParts,
        _ model: ModelAccount,
        _ whatsApp: WhatsAppAccount,
        _ knowledge: KnowledgeParts
    ) {
        let stores = hub.stores
        let tools = AssistantToolbox(Self.tools(hub, messaging, shop, knowledge), audit: stores.audit, now: hub.now)
        desk = AssistantDesk(
            AssistantEnvironment(
                model: model.model,
                ledger: model.ledger,
                tools: tools,
                runs: stores.assistantRuns,
                log: stores.rooms,
                recaps: stores.recaps,
                conversations: stores.conversations,
                settings: hub.hours,
                rooms: messaging.rooms,
                routing: messaging.routing,
                board: messaging.assistants,
                signs: whatsApp.signs,
                hub: messaging.node,
                now: hub.now,
                logger: hub.logger
            ))
        resources = AssistantResources(
            usage: stores.usage,
            playground: AssistantPlayground(
                model: model.model, ledger: model.ledger, tools: tools, settings: hub.hours, now: hub.now),
            audit: stores.audit
        )
        metrics = [desk, model.ledger] + [model.client].compactMap { $0 }
    }

    private static func tools(
        _ hub: HubContext,
        _ messaging: MessagingParts,
        _ shop: ShopParts,
        _ knowledge: KnowledgeParts
    ) -> [any AssistantTool] {
        let (stores, now) = (hub.stores, hub.now)
        let customers = CustomerBook(contacts: stores.contacts, conversations: stores.conversations)
        return [
            HandOverTool(),
            SearchProductsTool(products: stores.products),
            SearchArticlesTool(finder: knowledge.finder),
            OrderStatusTool(orders: stores.orders),
            ResendCodesTool(desk: shop.codes.desk, now: now),
            CreateLeadTool(leads: stores.leads, customers: customers, now: now),
            TakeMessageTool(gateway: messaging.rooms, labels: stores.labels, customers: customers, now: now),
            BookCallbackTool(
                callbacks: stores.callbacks, customers: customers, hours: hub.hours, gateway: messaging.rooms, now: now),
        ]
    }
}
