package import Domain

/// The check of each service, from its values.
///
/// Addresses that owners typed into a page are asked by a client that trusts none; those of the environment are the
/// operator's own.
package struct ServiceChecks: IntegrationChecks {
    private let client: OutboundClient
    private let mail: MailCheck
    private let timeout: Duration

    /// - Parameter mail: The mail server of the environment, for whoever sends without SendGrid.
    package init(_ client: OutboundClient, mail: MailCheck, timeout: Duration) {
        self.client = client
        self.mail = mail
        self.timeout = timeout
    }

    package func check(_ values: IntegrationValues) -> any StatusCheck {
        let fields = ServiceFields(values.all)
        return switch values.type {
        case .whatsApp: whatsApp(values)
        case .sms: TwilioCheck(fields, client: client(for: values, "api_url"), timeout: timeout)
        case .email where values["api_key"] == nil: mail
        case .email: SendGridCheck(fields, client: client(for: values, "api_url"), timeout: timeout)
        case .googleCalendar: GoogleCalendarCheck(fields, client: client, timeout: timeout)
        case .slack: SlackCheck(fields, client: client, timeout: timeout)
        case .seha: HealthCheck(.seha, fields, client: client, timeout: timeout)
        case .tatman: HealthCheck(.tatman, fields, client: client, timeout: timeout)
        case .zid: zid(values)
        case .openAI:
            OpenAICheck(
                key: values["api_key"], model: values["model"], baseURL: values["base_url"] ?? OpenAICheck.usualURL,
                client: client(for: values, "base_url"), timeout: timeout)
        }
    }

    private func client(for values: IntegrationValues, _ address: String) -> OutboundClient {
        values.source(of: address) == .environment ? .ofTheOperator : client
    }

    private func whatsApp(_ values: IntegrationValues) -> WhatsAppCheck {
        var account = WhatsAppCheck.Account()
        account.token = values["access_token"]
        account.phoneID = values["phone_number_id"]
        account.hasWebhookSecrets = values["app_secret"] != nil && values["verify_token"] != nil
        account.baseURL = values["api_url"] ?? account.baseURL
        return WhatsAppCheck(account, client: client(for: values, "api_url"), timeout: timeout)
    }

    private func zid(_ values: IntegrationValues) -> ZidCheck {
        var account = ZidCheck.Account()
        account.authorizationToken = values["authorization_token"]
        account.managerToken = values["manager_token"]
        account.storeID = values["store_id"]
        account.baseURL = values["api_url"] ?? account.baseURL
        return ZidCheck(account, client: client(for: values, "api_url"), timeout: timeout)
    }
}
