package import Domain

/// All stores of one database.
package struct StoreSet: Sendable {
    package let rooms: any RoomStore
    package let conversations: any ConversationStore
    package let users: any UserStore
    package let attachments: any AttachmentStore
    package let audit: any AuditLog
    package let products: any ProductStore
    package let archive: any AuditArchive
    package let answers: any AnswerStore
    package let contacts: any ContactStore
    package let merging: any ContactMerging
    package let persons: any PersonalData
    package let leads: any LeadStore
    package let deals: any DealStore
    package let codes: any CodeStore
    package let codeImports: any CodeImportStore
    package let progress: any ProgressStore
    package let training: any TrainingStore
    package let tokens: any APITokenStore
    package let accounts: any AccountStore
    package let teams: any TeamStore
    package let routing: any RoutingStore
    package let settings: any ShopSettingStore
    package let webhooks: any WebhookStore
    package let whatsApp: any WhatsAppStore
    package let whatsAppFiles: any WhatsAppFileStore
    package let outbox: any OutboxStore
    package let addressBook: any WhatsAppAddressBook
    package let cannedReplies: any CannedReplyStore
    package let integrations: any IntegrationStore
    package let labels: any LabelStore
    package let cases: any CaseStore
    package let ratings: any RatingStore
    package let mentions: any MentionStore
    package let assistantRuns: any AssistantRunStore
    package let usage: any UsageStore
    package let recaps: any RecapStore
    package let orders: any OrderStore
    package let deliveries: any OrderDeliveryStore
    package let zid: any ZidStore
    package let zidUpkeep: any ZidUpkeepStore
    package let alerts: any AlertStore
    package let traffic: any TrafficStore
    package let hooks: any HookStore
    package let hookFeed: any HookFeed
    package let callbacks: any CallbackStore
    package let sms: any SMSStore
    package let mail: any MailStore
    package let followUps: any FollowUpStore
    package let articles: any ArticleStore
    package let passages: any PassageStore
    package let embeddings: any EmbeddingStore
    package let health: any StoreHealth
    package let indexKey: any IndexKeyStore
    package let envelopes: any EnvelopeStore
    package let plainTexts: any PlainTextStore
    package let migrator: Migrator
    private let database: any SQLDatabase

    init(_ database: any SQLDatabase, migrator: Migrator, now: @escaping @Sendable () -> Timestamp) {
        rooms = SQLRoomStore(database: database, now: now)
        conversations = SQLConversationStore(database: database)
        users = SQLUserStore(database: database)
        attachments = SQLAttachmentStore(database: database)
        audit = SQLAuditLog(database: database)
        products = SQLProductStore(database: database)
        archive = SQLAuditArchive(database: database)
        answers = SQLAnswerStore(database: database)
        let contacts = SQLContactStore(database: database)
        self.contacts = contacts
        merging = contacts
        persons = SQLPersonalData(database: database)
        leads = SQLLeadStore(database: database)
        deals = SQLDealStore(database: database)
        codes = SQLCodeStore(database: database, now: now)
        codeImports = SQLCodeImportStore(database: database)
        progress = SQLProgressStore(database: database)
        training = SQLTrainingStore(database: database)
        tokens = SQLAPITokenStore(database: database)
        accounts = SQLAccountStore(database: database)
        teams = SQLTeamStore(database: database)
        routing = SQLRoutingStore(database: database)
        settings = SQLShopSettingStore(database: database)
        webhooks = SQLWebhookStore(database: database)
        whatsApp = SQLWhatsAppStore(database: database)
        whatsAppFiles = SQLWhatsAppFileStore(database: database)
        outbox = SQLOutboxStore(database: database)
        addressBook = SQLWhatsAppAddressBook(database: database)
        cannedReplies = SQLCannedReplyStore(database: database)
        integrations = SQLIntegrationStore(database: database)
        labels = SQLLabelStore(database: database)
        cases = SQLCaseStore(database: database)
        ratings = SQLRatingStore(database: database)
        mentions = SQLMentionStore(database: database)
        assistantRuns = SQLAssistantRunStore(database: database)
        usage = SQLUsageStore(database: database)
        recaps = SQLRecapStore(database: database)
        orders = SQLOrderStore(database: database)
        deliveries = SQLOrderDeliveryStore(database: database, now: now)
        zid = SQLZidStore(database: database)
        zidUpkeep = SQLZidUpkeepStore(database: database)
        alerts = SQLAlertStore(database: database)
        traffic = SQLTrafficStore(database: database)
        hooks = SQLHookStore(database: database)
        hookFeed = SQLHookFeed(database: database)
        callbacks = SQLCallbackStore(database: database)
        sms = SQLSMSStore(database: database)
        mail = SQLMailStore(database: database)
        followUps = SQLFollowUpStore(database: database)
        articles = SQLArticleStore(database: database)
        passages = SQLPassageStore(database: database)
        embeddings = SQLEmbeddingStore(database: database)
        health = SQLStoreHealth(database: database, now: now)
        indexKey = SQLIndexKeyStore(database: database, now: now)
        envelopes = SQLEnvelopeStore(database: database)
        plainTexts = SQLPlainTextStore(database: database)
        self.migrator = migrator
        self.database = database
    }

    /// From now on texts with codes are sealed and opened by this vault; before, they are neither written nor read.
    package func use(_ vault: any SecretVault) {
        database.texts.use(vault.texts)
    }

    /// How the database's connections are used.
    package var metrics: any MetricSource { DatabaseMetrics(database: database) }

    package var dialect: SQLDialect { database.dialect }

    /// Ends the connections; what is under way is finished first. Later calls throw `unavailable`.
    package func close() async {
        await database.close()
    }
}

private struct DatabaseMetrics: MetricSource {
    let database: any SQLDatabase

    func families() async -> [MetricFamily] { await database.families() }
}
