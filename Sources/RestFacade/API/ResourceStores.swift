package import Actors
package import Domain

/// The stores behind the resources of the API.
package struct ResourceStores: Sendable {
    package let audit: any AuditLog
    package let products: any ProductStore
    package let archive: any AuditArchive
    package let crm: CRMStores
    package let codes: CodeParts
    package let orders: any OrderStore
    package let callbacks: any CallbackStore
    package let progress: any ProgressStore
    package let training: any TrainingStore
    package let status: StatusBoard
    package let integrations: IntegrationDesk
    package let alerts: any AlertStore
    package let routing: RoutingActor
    package let people: PeopleResources
    package let whatsApp: WhatsAppWebhookRoute
    package let zid: ZidWebhookRoute
    package let desk: DeskResources
    package let templates: any TemplateOffer
    package let assistant: AssistantResources
    package let knowledge: KnowledgeResources
    package let outlets: OutletResources
    package let hooks: HookDesk

    package init(
        audit: any AuditLog,
        products: any ProductStore,
        archive: any AuditArchive,
        crm: CRMStores,
        codes: CodeParts,
        orders: any OrderStore,
        callbacks: any CallbackStore,
        progress: any ProgressStore,
        training: any TrainingStore,
        status: StatusBoard,
        integrations: IntegrationDesk,
        alerts: any AlertStore,
        routing: RoutingActor,
        people: PeopleResources,
        whatsApp: WhatsAppWebhookRoute,
        zid: ZidWebhookRoute,
        desk: DeskResources,
        templates: any TemplateOffer,
        assistant: AssistantResources,
        knowledge: KnowledgeResources,
        outlets: OutletResources,
        hooks: HookDesk
    ) {
        self.audit = audit
        self.products = products
        self.archive = archive
        self.crm = crm
        self.codes = codes
        self.orders = orders
        self.callbacks = callbacks
        self.progress = progress
        self.training = training
        self.status = status
        self.integrations = integrations
        self.alerts = alerts
        self.routing = routing
        self.people = people
        self.whatsApp = whatsApp
        self.zid = zid
        self.desk = desk
        self.templates = templates
        self.assistant = assistant
        self.knowledge = knowledge
        self.outlets = outlets
        self.hooks = hooks
    }

    /// Every resource, in the order of the documentation.
    var groups: [any EndpointGroup] {
        [
            ProductRoutes(products: products),
            AuditRoutes(audit: audit, archive: archive),
            ContactRoutes(contacts: crm.contacts, routing: routing),
            ContactTableRoutes(contacts: crm.contacts, audit: audit),
            ContactMergeRoutes(merging: crm.merging),
            PersonalDataRoutes(persons: crm.persons, rooms: crm.rooms),
            LeadRoutes(leads: crm.leads),
            PipelineRoutes(deals: crm.deals),
            DealRoutes(deals: crm.deals),
            CodeRoutes(codes: codes.codes, desk: codes.desk, limits: codes.limits),
            CodeImportRoutes(imports: codes.imports, importer: codes.importer, limits: codes.limits),
            OrderRoutes(orders: orders),
            CallbackRoutes(callbacks: callbacks),
            ProgressRoutes(progress: progress),
            TrainingRoutes(training: training),
            EnrolmentRoutes(training: training),
            StatusRoutes(board: status),
            IntegrationRoutes(desk: integrations),
            AlertRoutes(alerts: alerts),
            HookRoutes(desk: hooks),
            HookDeliveryRoutes(desk: hooks),
            RoutingRoutes(routing: routing),
            InboxRoutes(conversations: desk.conversations, routing: routing),
        ] + people.groups + [whatsApp, zid, TemplateRoutes(offer: templates)] + desk.groups + assistant.groups
            + knowledge.groups + outlets.groups
    }
}

/// What is behind the routes of digital codes.
package struct CodeParts: Sendable {
    package let codes: any CodeStore
    package let imports: any CodeImportStore
    package let desk: CodeDesk
    package let importer: CodeImporter
    package let limits: CodeLimits

    package init(
        codes: any CodeStore,
        imports: any CodeImportStore,
        desk: CodeDesk,
        importer: CodeImporter,
        limits: CodeLimits
    ) {
        self.codes = codes
        self.imports = imports
        self.desk = desk
        self.importer = importer
        self.limits = limits
    }
}
