import Actors
import Domain
import Integrations
import Storage

/// The shop's account at WhatsApp, and what rooms need of it.
struct WhatsAppAccount {
    /// Nil without a token and a number.
    let client: WhatsAppClient?
    /// What may be sent outside the 24 hours; nothing without an account.
    let templates: TemplateShelf
    /// Shows customers that staff read and write; nil without an account.
    let signs: WhatsAppSigns?

    init(_ hub: HubContext) {
        let client = Self.client(hub)
        let source = client.flatMap { client in
            hub.outside.whatsAppBusinessID.map { WhatsAppTemplates(client: client, business: $0) }
        }
        self.client = client
        templates = TemplateShelf(source: source, interval: hub.limits.templateInterval, logger: hub.logger)
        signs = client.map { client in
            WhatsAppSigns(
                channel: client,
                people: hub.stores.whatsApp,
                perSecond: Double(hub.limits.signsPerSecond),
                now: hub.now
            )
        }
    }

    @Sendable func close() async { await client?.close() }

    private static func client(_ hub: HubContext) -> WhatsAppClient? {
        let outside = hub.outside
        guard let token = outside.whatsAppToken, let number = outside.whatsAppPhoneID else { return nil }
        var account = WhatsAppClient.Account(number: number, token: token.reveal())
        if let url = outside.whatsAppURL { account.baseURL = url }
        return WhatsAppClient(
            account, timeout: hub.limits.outboxTimeout, uploadTimeout: hub.limits.outboxUploadTimeout)
    }
}
