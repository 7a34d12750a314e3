import Actors
import Domain
import Integrations
import Logging

/// Makes clients of what owners stored; none of what is turned off, lacks something, or cannot be right.
struct OutletMaker {
    private let hub: HubContext
    private let client: OutboundClient
    private let desk: IntegrationDesk

    init(_ hub: HubContext, _ integrations: IntegrationParts) {
        self.hub = hub
        client = integrations.client
        desk = integrations.desk
    }

    private var timeout: Duration { hub.limits.outboxTimeout }

    func twilio(_ outside: Outside) -> OutletAccounts.Twilio? {
        account(.sms, outside, TwilioAccount.init).map { account in
            OutletAccounts.Twilio(
                client: TwilioClient(account, client: client, timeout: timeout), signature: TwilioSignature(account))
        }
    }

    /// Nil without a key of SendGrid: then mail leaves by the server of the environment.
    func sendGrid(_ outside: Outside) -> OutletAccounts.SendGrid? {
        guard let values = outside.services[.email], values["api_key"] != nil else { return nil }
        return account(.email, outside, SendGridAccount.init).map { account in
            OutletAccounts.SendGrid(
                account: account,
                client: SendGridClient(account, client: client, timeout: timeout),
                signature: signature(values["webhook_public_key"])
            )
        }
    }

    func slack(_ outside: Outside) -> SlackClient? {
        let rules = client.rules
        return account(.slack, outside) { (fields) throws(ServiceFieldsProblem) in
            try SlackWebhook(fields, mayBeElsewhere: rules.isTrusted)
        }.map { SlackClient($0, client: client, timeout: timeout) }
    }

    func calendar(_ outside: Outside) -> GoogleCalendarClient? {
        account(.googleCalendar, outside, GoogleAccount.init).map { account in
            GoogleCalendarClient(account, client: client, timeout: timeout) { token in await keep(token) }
        }
    }

    /// What the owner stored, when nothing is missing and it can be right.
    private func account<Account>(
        _ type: IntegrationType,
        _ outside: Outside,
        _ read: (ServiceFields) throws(ServiceFieldsProblem) -> Account
    ) -> Account? {
        guard let values = outside.services[type], values.missing.isEmpty else { return nil }
        do throws(ServiceFieldsProblem) {
            return try read(ServiceFields(values.all))
        } catch {
            hub.logger.error(
                "an integration is not used: correct it in its page",
                metadata: ["integration": "\(type.rawValue)", "problem": "\(error.finding.message.en)"])
            return nil
        }
    }

    private func signature(_ key: String?) -> SendGridSignature? {
        guard let key else { return nil }
        do throws(HubError) {
            return try SendGridSignature(publicKey: key)
        } catch {
            hub.logger.error("events of SendGrid are not accepted", metadata: ["problem": "\(error.message)"])
            return nil
        }
    }

    /// Google may give a new refresh token with any access token; the one before ends then.
    private func keep(_ token: String) async {
        do {
            try await desk.renew("refresh_token", of: .googleCalendar, to: token, at: hub.now())
        } catch {
            hub.logger.error(
                "a new refresh token of Google could not be stored: connect the calendar again",
                metadata: ["error": "\(error)"])
        }
    }
}
