import Actors
import Domain
import Integrations
import Storage

/// The shop's account at WhatsApp, and what rooms need of it.
struct WhatsAppAccount {
    /// All that is made of what is stored, replaced as a whole.
    struct Line: Sendable {
        /// Nil without a token and a number.
        let client: WhatsAppClient?
        /// Whose templates are offered.
        let business: String?
        /// Nil without a token, which Meta asks for with every file.
        let files: GraphFiles?
        /// What Meta shows when the webhook is set up.
        let verifyToken: String?
    }

    /// What may be sent outside the 24 hours; nothing without an account.
    let templates: TemplateShelf
    /// Shows customers that staff read and write; nobody without an account.
    let signs: WhatsAppSigns
    private let line: Replaceable<Line>
    private let appSecrets: Replaceable<WebhookKeys<any WebhookSignature>>
    private let hub: HubContext

    init(_ hub: HubContext) {
        self.hub = hub
        let outside = hub.outside.now
        let line = Replaceable(Line(outside, hub.limits))
        self.line = line
        appSecrets = Replaceable(WebhookKeys(outside.metaSignature))
        templates = TemplateShelf(
            source: line.live.map(\.templates), interval: hub.limits.templateInterval, logger: hub.logger)
        signs = WhatsAppSigns(
            channel: line.live.map(\.client),
            people: hub.stores.whatsApp,
            perSecond: Double(hub.limits.signsPerSecond),
            now: hub.now
        )
    }

    var now: Live<Line> { line.live }

    var keys: Live<WebhookKeys<any WebhookSignature>> { appSecrets.live }

    /// Works with this from now on. Conversations keep the number that they are with.
    func renew(_ outside: Outside) {
        let business = line.now.business
        line.replace(with: Line(outside, hub.limits))
        let (moment, grace) = (hub.now(), hub.limits.webhookGrace)
        appSecrets.change { $0 = $0.renewed(with: outside.metaSignature, grace: grace, at: moment) }
        if line.now.business == business { templates.noteNews() } else { templates.forget() }
    }

    @Sendable func close() async { await line.now.client?.close() }
}

extension WhatsAppAccount.Line {
    fileprivate init(_ outside: Outside, _ limits: Limits) {
        let token = outside.whatsAppToken?.reveal()
        let url = outside.whatsAppURL ?? WhatsAppCheck.Account().baseURL
        client = token.flatMap { token in
            outside.whatsAppPhoneID.map { number in
                var account = WhatsAppClient.Account(number: number, token: token)
                account.baseURL = url
                return WhatsAppClient(
                    account, timeout: limits.outboxTimeout, uploadTimeout: limits.outboxUploadTimeout)
            }
        }
        business = client == nil ? nil : outside.whatsAppBusinessID
        files = token.map { GraphFiles(token: $0, baseURL: url) }
        verifyToken = outside.whatsAppVerifyToken?.reveal()
    }

    fileprivate var templates: (any TemplateSource)? {
        client.flatMap { client in business.map { WhatsAppTemplates(client: client, business: $0) } }
    }
}

extension Outside {
    fileprivate var metaSignature: MetaSignature? {
        whatsAppAppSecret.map { MetaSignature(appSecret: $0.reveal()) }
    }
}
