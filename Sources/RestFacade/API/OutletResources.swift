package import Actors
package import Domain

/// What leaves over other services than WhatsApp, and what they tell.
package struct OutletResources: Sendable {
    package let sms: any SMSStore
    /// Whether there is an account to send them with now.
    package let hasSMS: Live<Bool>
    package let twilio: TwilioWebhookRoute
    package let sendGrid: SendGridWebhookRoute
    package let bell: WakeUps

    /// - Parameter bell: Wakes who sends.
    package init(
        sms: any SMSStore,
        hasSMS: Live<Bool>,
        twilio: TwilioWebhookRoute,
        sendGrid: SendGridWebhookRoute,
        bell: WakeUps
    ) {
        self.sms = sms
        self.hasSMS = hasSMS
        self.twilio = twilio
        self.sendGrid = sendGrid
        self.bell = bell
    }

    var groups: [any EndpointGroup] {
        [SMSRoutes(messages: sms, isConnected: hasSMS, bell: bell), twilio, sendGrid]
    }
}
