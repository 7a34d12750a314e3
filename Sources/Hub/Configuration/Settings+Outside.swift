/// The accounts with outside services.
extension Settings {
    static let outside: [any AnySetting] = [
        whatsAppToken, whatsAppPhoneID, whatsAppBusinessID, whatsAppAppSecret, whatsAppVerifyToken, whatsAppURL,
        openAIKey, openAIURL,
        openAIModel, openAIEmbeddingModel, zidToken, zidManagerToken, zidStoreID, zidURL, mailboxes, smtpURL,
        smtpCAFile,
    ]

    // MARK: WhatsApp

    static let whatsAppToken = secret("WA_TOKEN", "the access token of the WhatsApp Cloud API")
    static let whatsAppPhoneID = number("WA_PHONE_ID", "the phone number id of the WhatsApp Cloud API, in digits")
    static let whatsAppBusinessID = number(
        "WA_BUSINESS_ID", "the id of the WhatsApp Business Account, in digits")
    static let whatsAppAppSecret = secret("WA_APP_SECRET", "the app secret of the Meta app")
    static let whatsAppVerifyToken = secret("WA_VERIFY_TOKEN", "the verify token given to Meta for the webhook")
    static let whatsAppURL = address(
        "WA_API_URL", "the address of the WhatsApp Cloud API, e.g. https://graph.facebook.com/v23.0")

    // MARK: OpenAI

    static let openAIKey = secret("OPENAI_API_KEY", "a key of the OpenAI API")
    static let openAIURL = address(
        "OPENAI_BASE_URL", "the address of the OpenAI API, e.g. https://api.openai.com/v1")
    static let openAIModel = word("OPENAI_MODEL", "the name of a model")
    static let openAIEmbeddingModel = word("OPENAI_EMBEDDING_MODEL", "the name of a model that makes embeddings")

    // MARK: Zid

    static let zidToken = secret("ZID_TOKEN", "the authorization token of the Zid API")
    static let zidManagerToken = secret("ZID_MANAGER_TOKEN", "the manager token of the Zid API")
    static let zidStoreID = number("ZID_STORE_ID", "the id of the Zid store, in digits")
    static let zidURL = address("ZID_API_URL", "the address of the Zid API, e.g. https://api.zid.sa/v1")

    // MARK: Mail

    static let mailboxes = Setting<[Mailbox]>(
        "EMAIL_TOKENS",
        accepted: "address=token pairs with commas between",
        standard: [],
        isSecret: true,
        parse: SettingParser.mailboxes
    )
    static let smtpURL = Setting<SecretText?>(
        "SMTP_URL",
        accepted: "smtp://user:password@host:port or smtps://user:password@host:port",
        standard: nil,
        isSecret: true,
        parse: SettingParser.secretURL(schemes: ["smtp", "smtps"])
    )
    static let smtpCAFile = Setting<String?>(
        "SMTP_CA_FILE",
        accepted: "the path of a certificate in PEM that is trusted beside those of the system",
        standard: nil,
        parse: SettingParser.path
    )

    private static func secret(_ name: String, _ accepted: String) -> Setting<SecretText?> {
        Setting(name, accepted: accepted, standard: nil, isSecret: true) { text throws(SettingProblem) in
            SecretText(try SettingParser.word(text))
        }
    }

    private static func word(_ name: String, _ accepted: String) -> Setting<String?> {
        Setting(name, accepted: accepted, standard: nil) { text throws(SettingProblem) in
            try SettingParser.word(text)
        }
    }

    private static func number(_ name: String, _ accepted: String) -> Setting<String?> {
        Setting(name, accepted: accepted, standard: nil, parse: SettingParser.digits)
    }

    private static func address(_ name: String, _ accepted: String) -> Setting<String?> {
        Setting(name, accepted: accepted, standard: nil, parse: SettingParser.webAddress)
    }
}
