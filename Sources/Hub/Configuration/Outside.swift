/// The accounts with outside services, as they were configured.
struct Outside: Sendable {
    let zidToken: SecretText?
    let zidManagerToken: SecretText?
    let zidStoreID: String?
    let zidURL: String?
    let openAIKey: SecretText?
    let openAIURL: String?
    let openAIModel: String?
    let whatsAppToken: SecretText?
    let whatsAppPhoneID: String?
    let whatsAppBusinessID: String?
    let whatsAppAppSecret: SecretText?
    let whatsAppVerifyToken: SecretText?
    let whatsAppURL: String?
    let mailboxes: [Mailbox]
    let smtpURL: SecretText?
    let smtpCAFile: String?

    init(_ reader: ConfigurationReader) throws(ConfigurationError) {
        zidToken = try reader.value(Settings.zidToken)
        zidManagerToken = try reader.value(Settings.zidManagerToken)
        zidStoreID = try reader.value(Settings.zidStoreID)
        zidURL = try reader.value(Settings.zidURL)
        openAIKey = try reader.value(Settings.openAIKey)
        openAIURL = try reader.value(Settings.openAIURL)
        openAIModel = try reader.value(Settings.openAIModel)
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
