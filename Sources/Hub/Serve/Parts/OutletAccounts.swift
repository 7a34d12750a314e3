import Actors
import Domain
import Integrations

/// The accounts that SMS, mail, alerts and appointments leave with, as owners stored them.
struct OutletAccounts {
    /// Twilio, and what its deliveries are verified with.
    struct Twilio: Sendable {
        let client: TwilioClient
        let signature: TwilioSignature
    }

    /// A client of SendGrid, and what its events are verified with.
    struct SendGrid: Sendable {
        let account: SendGridAccount
        let client: SendGridClient
        /// Nil without a key: then no event is believed.
        let signature: SendGridSignature?
    }

    /// Nil while it is not connected, or turned off; so with all of them.
    var twilio: Live<Twilio?> { heldTwilio.live }
    var sendGrid: Live<SendGrid?> { heldSendGrid.live }
    var slack: Live<SlackClient?> { heldSlack.live }
    var calendar: Live<GoogleCalendarClient?> { heldCalendar.live }
    var twilioKeys: Live<WebhookKeys<any FormSignature>> { heldTwilioKeys.live }
    var sendGridKeys: Live<WebhookKeys<any TimedSignature>> { heldSendGridKeys.live }

    private let heldTwilio: Replaceable<Twilio?>
    private let heldSendGrid: Replaceable<SendGrid?>
    private let heldSlack: Replaceable<SlackClient?>
    private let heldCalendar: Replaceable<GoogleCalendarClient?>
    private let heldTwilioKeys: Replaceable<WebhookKeys<any FormSignature>>
    private let heldSendGridKeys: Replaceable<WebhookKeys<any TimedSignature>>
    private let maker: OutletMaker
    private let hub: HubContext

    init(_ hub: HubContext, _ integrations: IntegrationParts) {
        let outside = hub.outside.now
        let maker = OutletMaker(hub, integrations)
        let (twilio, sendGrid) = (maker.twilio(outside), maker.sendGrid(outside))
        (self.hub, self.maker) = (hub, maker)
        heldTwilio = Replaceable(twilio)
        heldSendGrid = Replaceable(sendGrid)
        heldSlack = Replaceable(maker.slack(outside))
        heldCalendar = Replaceable(maker.calendar(outside))
        heldTwilioKeys = Replaceable(WebhookKeys(twilio?.signature))
        heldSendGridKeys = Replaceable(WebhookKeys(sendGrid?.signature))
    }

    // MARK: Taking up

    func renewTwilio(_ outside: Outside) {
        let new = maker.twilio(outside)
        heldTwilio.replace(with: new)
        let (moment, grace) = (hub.now(), hub.limits.webhookGrace)
        heldTwilioKeys.change { $0 = $0.renewed(with: new?.signature, grace: grace, at: moment) }
    }

    func renewSendGrid(_ outside: Outside) {
        let new = maker.sendGrid(outside)
        heldSendGrid.replace(with: new)
        let (moment, grace) = (hub.now(), hub.limits.webhookGrace)
        heldSendGridKeys.change { $0 = $0.renewed(with: new?.signature, grace: grace, at: moment) }
    }

    func renewSlack(_ outside: Outside) { heldSlack.replace(with: maker.slack(outside)) }

    func renewCalendar(_ outside: Outside) async {
        let new = maker.calendar(outside)
        // It was this client that was given the refresh token, and it has an access token beside it.
        if let new, let old = heldCalendar.now, await old.worksAs(new) { return }
        heldCalendar.replace(with: new)
    }
}
