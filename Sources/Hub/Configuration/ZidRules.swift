import Domain

/// How the shop works with Zid, as its owner set it.
struct ZidRules: Sendable {
    /// The secret part of the webhook's address.
    var webhookID: SecretText?
    var webhookLogin: BasicLogin?
    var stockOwner = ZidStockOwner.zid
    /// Of the app whose keys are renewed; nil when something for that is missing.
    var clientID: String?
    /// Of WhatsApp, and its language.
    var template: (name: String, language: String)?

    init() {}

    init(_ values: IntegrationValues?) {
        guard let values else { return }
        webhookID = values["webhook_id"].map(SecretText.init)
        if let user = values["webhook_username"], let password = values["webhook_password"] {
            webhookLogin = BasicLogin(user: user, password: password)
        }
        if ZidKeyLife.fields.allSatisfy({ values[$0] != nil }) { clientID = values["client_id"] }
        stockOwner = values["stock_owner"].flatMap(ZidStockOwner.init) ?? .zid
        template = values["order_template"].map { ($0, values["order_template_language"] ?? "ar") }
    }
}
