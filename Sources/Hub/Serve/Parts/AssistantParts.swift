import Actors
import Domain
import Integrations
import RestFacade
import Storage

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
                model: model.now,
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
                model: model.now, ledger: model.ledger, tools: tools, settings: hub.hours, now: hub.now),
            audit: stores.audit
        )
        metrics = [desk, model.ledger, model.metrics]
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
