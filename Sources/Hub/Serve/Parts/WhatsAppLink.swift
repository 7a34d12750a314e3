import Actors
import Domain
import Integrations
import ServiceLifecycle
import Storage

/// The way to WhatsApp, and what rooms ask of it; nothing comes through without an account.
struct WhatsAppLink {
    let client: WhatsAppClient?
    let templates: TemplateShelf
    let signs: WhatsAppSigns?

    init(_ hub: HubContext) {
        let (outside, limits) = (hub.configuration.outside, hub.limits)
        let client = Self.client(outside, limits)
        self.client = client
        let source = client.flatMap { client in
            outside.whatsAppBusinessID.map { WhatsAppTemplates(client: client, business: $0) }
        }
        templates = TemplateShelf(source: source, interval: limits.templateInterval, logger: hub.logger)
        signs = client.map { client in
            WhatsAppSigns(
                channel: client, people: hub.stores.whatsApp, perSecond: Double(limits.signsPerSecond), now: hub.now)
        }
    }

    var services: [any Service] { [templates] + (signs.map { [$0] } ?? []) }

    private static func client(_ outside: Outside, _ limits: Limits) -> WhatsAppClient? {
        guard let token = outside.whatsAppToken, let number = outside.whatsAppPhoneID else { return nil }
        var account = WhatsAppClient.Account(number: number, token: token.reveal())
        if let url = outside.whatsAppURL { account.baseURL = url }
        return WhatsAppClient(account, timeout: limits.outboxTimeout, uploadTimeout: limits.outboxUploadTimeout)
    }
}
