import Actors
import Domain
import Integrations
import Logging

/// The accounts that SMS, mail, alerts and appointments leave with, as owners stored them.
struct OutletAccounts {
    /// A client of SendGrid, and what its events are verified with.
    struct SendGrid {
        let account: SendGridAccount
        let client: SendGridClient
        /// Nil without a key: then no event is believed.
        let signature: SendGridSignature?
    }

    /// Nil when it is not connected, or turned off; so with all of them.
    let twilio: TwilioAccount?
    let sendGrid: SendGrid?
    let slack: SlackClient?
    let calendar: GoogleCalendarClient?
    let client: OutboundClient
    let timeout: Duration

    init(_ hub: HubContext, _ integrations: IntegrationParts) {
        let (client, timeout) = (integrations.client, hub.limits.outboxTimeout)
        self.client = client
        self.timeout = timeout
        twilio = Self.account(.sms, hub, TwilioAccount.init)
        // Without a key of SendGrid, mail leaves by the server of the environment.
        sendGrid =
            hub.outside.services[.email]?["api_key"] == nil
            ? nil
            : Self.account(.email, hub, SendGridAccount.init).map { account in
                SendGrid(
                    account: account,
                    client: SendGridClient(account, client: client, timeout: timeout),
                    signature: Self.signature(hub)
                )
            }
        slack = Self.account(.slack, hub) { (fields) throws(ServiceFieldsProblem) in
            try SlackWebhook(fields, mayBeElsewhere: client.rules.isTrusted)
        }.map { SlackClient($0, client: client, timeout: timeout) }
        calendar = Self.account(.googleCalendar, hub, GoogleAccount.init).map { account in
            GoogleCalendarClient(account, client: client, timeout: timeout) { token in
                await Self.keep(token, hub, integrations.desk)
            }
        }
    }

    /// Nil without SendGrid.
    var mailCarrier: MailChannel.Carrier? {
        sendGrid.map { .sendGrid($0.client, reports: $0.signature != nil) }
    }

    /// What the owner stored, when nothing is missing and it can be right.
    private static func account<Account>(
        _ type: IntegrationType,
        _ hub: HubContext,
        _ read: (ServiceFields) throws(ServiceFieldsProblem) -> Account
    ) -> Account? {
        guard let values = hub.outside.services[type], values.missing.isEmpty else { return nil }
        do throws(ServiceFieldsProblem) {
            return try read(ServiceFields(values.all))
        } catch {
            hub.logger.error(
                "an integration is not used: correct it in its page, and restart",
                metadata: ["integration": "\(type.rawValue)", "problem": "\(error.finding.message.en)"])
            return nil
        }
    }

    private static func signature(_ hub: HubContext) -> SendGridSignature? {
        guard let key = hub.outside.services[.email]?["webhook_public_key"] else { return nil }
        do throws(HubError) {
            return try SendGridSignature(publicKey: key)
        } catch {
            hub.logger.error("events of SendGrid are not accepted", metadata: ["problem": "\(error.message)"])
            return nil
        }
    }

    /// Google may give a new refresh token with any access token; the one before ends then.
    private static func keep(_ token: String, _ hub: HubContext, _ desk: IntegrationDesk) async {
        do {
            try await desk.renew("refresh_token", of: .googleCalendar, to: token, at: hub.now())
        } catch {
            hub.logger.error(
                "a new refresh token of Google could not be stored: connect the calendar again",
                metadata: ["error": "\(error)"])
        }
    }
}
