import Domain

/// The accounts with outside services, as they were configured.
struct Outside: Sendable {
    var zidToken: SecretText?
    var zidManagerToken: SecretText?
    var zidStoreID: String?
    var zidURL: String?
    /// What only owners say, in the page.
    var zidRules = ZidRules()
    var openAIKey: SecretText?
    var openAIURL: String?
    var openAIModel: String?
    var openAIEmbeddingModel: String?
    var whatsAppToken: SecretText?
    var whatsAppPhoneID: String?
    var whatsAppBusinessID: String?
    var whatsAppAppSecret: SecretText?
    var whatsAppVerifyToken: SecretText?
    var whatsAppURL: String?
    var mailboxes: [Mailbox]
    var smtpURL: SecretText?
    var smtpCAFile: String?
    /// What owners stored of services that the environment knows nothing of, or little.
    var services: [IntegrationType: IntegrationValues] = [:]

    init(_ reader: ConfigurationReader) throws(ConfigurationError) {
        zidToken = try reader.value(Settings.zidToken)
        zidManagerToken = try reader.value(Settings.zidManagerToken)
        zidStoreID = try reader.value(Settings.zidStoreID)
        zidURL = try reader.value(Settings.zidURL)
        openAIKey = try reader.value(Settings.openAIKey)
        openAIURL = try reader.value(Settings.openAIURL)
        openAIModel = try reader.value(Settings.openAIModel)
        openAIEmbeddingModel = try reader.value(Settings.openAIEmbeddingModel)
        whatsAppToken = try reader.value(Settings.whatsAppToken)
        whatsAppPhoneID = try reader.value(Settings.whatsAppPhoneID)
        whatsAppBusinessID = try reader.value(Settings.whatsAppBusinessID)
        whatsAppAppSecret = try reader.value(Settings.whatsAppAppSecret)
        whatsAppVerifyToken = try reader.value(Settings.whatsAppVerifyToken)
        whatsAppURL = try reader.value(Settings.whatsAppURL)
        mailboxes = try reader.value(Settings.mailboxes)
        smtpURL = try reader.value(Settings.smtpURL)
        smtpCAFile = try reader.value(Settings.smtpCAFile)
    }
}
