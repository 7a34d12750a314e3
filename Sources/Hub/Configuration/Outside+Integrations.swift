import Domain

/// Accounts with outside services, as the pages of the integrations name their fields.
extension Outside {
    /// What the environment says, by service and field.
    var fields: [IntegrationType: [String: String]] {
        let known: [IntegrationType: [String: String?]] = [
            .whatsApp: [
                "access_token": whatsAppToken?.reveal(), "phone_number_id": whatsAppPhoneID,
                "business_account_id": whatsAppBusinessID, "app_secret": whatsAppAppSecret?.reveal(),
                "verify_token": whatsAppVerifyToken?.reveal(), "api_url": whatsAppURL,
            ],
            .openAI: [
                "api_key": openAIKey?.reveal(), "model": openAIModel, "embedding_model": openAIEmbeddingModel,
                "base_url": openAIURL,
            ],
            .zid: [
                "authorization_token": zidToken?.reveal(), "manager_token": zidManagerToken?.reveal(),
                "store_id": zidStoreID, "api_url": zidURL,
            ],
            .email: ["from_email": mailboxes.first?.address.text],
        ]
        return known.mapValues { $0.compactMapValues(\.self) }
    }

    /// Takes what owners stored in place of what the environment says; nil for what is turned off.
    mutating func take(_ values: IntegrationValues?, of type: IntegrationType) {
        switch type {
        case .whatsApp:
            whatsAppToken = values?["access_token"].map(SecretText.init)
            whatsAppPhoneID = values?["phone_number_id"]
            whatsAppBusinessID = values?["business_account_id"]
            whatsAppAppSecret = values?["app_secret"].map(SecretText.init)
            whatsAppVerifyToken = values?["verify_token"].map(SecretText.init)
            whatsAppURL = values?["api_url"]
        case .openAI:
            openAIKey = values?["api_key"].map(SecretText.init)
            openAIModel = values?["model"]
            openAIEmbeddingModel = values?["embedding_model"]
            openAIURL = values?["base_url"]
        case .zid:
            zidToken = values?["authorization_token"].map(SecretText.init)
            zidManagerToken = values?["manager_token"].map(SecretText.init)
            zidStoreID = values?["store_id"]
            zidURL = values?["api_url"]
            zidRules = ZidRules(values)
        case .sms, .email, .googleCalendar, .slack:
            services[type] = values
        case .seha, .tatman:
            // Nothing of the hub uses these but their tests.
            break
        }
    }
}
