import ArgumentParser
import Hummingbird
import Logging

/// `hub-fakes whatsapp`: Meta's side of one business number.
struct WhatsAppCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whatsapp",
        abstract: "WhatsApp Business Cloud API, and a page that is the customers' phone.",
        discussion: """
            Give the hub WA_API_URL=http://HOST:PORT, and the same token, secrets and id as here. The secrets below \
            are for this machine only.
            """
    )

    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8090
    @Option(help: "Where the hub takes webhooks.") var webhook = "http://127.0.0.1:8080/api/v1/whatsapp/webhook"
    @Option(help: "What the hub sends as Bearer (WA_TOKEN).") var token = "fake-token"
    @Option(help: "Signs webhooks (WA_APP_SECRET).") var appSecret = "fake-app-secret"
    @Option(help: "Verifies the webhook (WA_VERIFY_TOKEN).") var verifyToken = "fake-verify-token"
    @Option(help: "The id of the number (WA_PHONE_ID).") var phoneID = "106540352242922"

    @Option(help: "The id of the account that has the templates (WA_BUSINESS_ID).")
    var businessID = "102290129340398"

    func run() async throws {
        var settings = WhatsAppSettings(token: token, appSecret: appSecret, verifyToken: verifyToken)
        settings.phoneNumberID = phoneID
        settings.businessID = businessID
        var logger = Logger(label: "whatsapp")
        logger.logLevel = .notice
        let sender = WebhookSender(address: webhook, settings: settings, logger: logger)
        let fake = WhatsAppFake(settings, webhook: sender)
        await fake.change { world in
            world.put(Customer(userID: "SA.1000000000000001", waID: "966511111111", name: "هند السالم"))
            world.put(Customer(userID: "SA.1000000000000002", name: "فهد", username: "fahad"))
        }
        let router = Router()
        GraphRoutes(fake: fake, origin: "http://\(host):\(port)").add(to: router)
        ControlRoutes(fake: fake).add(to: router)
        print("WhatsApp's stand-in listens on http://\(host):\(port)/ and tells \(webhook)")
        let server = Application(
            router: router, configuration: .init(address: .hostname(host, port: port)), logger: logger)
        try await server.runService()
    }
}
