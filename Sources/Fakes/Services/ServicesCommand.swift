import ArgumentParser
import Hummingbird
import Logging

/// `hub-fakes services`: Twilio, SendGrid, Google Calendar, Slack, Seha, Tatman and Zid on one port.
struct ServicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "services",
        abstract: "Twilio, SendGrid, Google Calendar, Slack, Seha, Tatman and Zid.",
        discussion: """
            Give the hub OUTBOUND_ALLOW=HOST:PORT, and each integration the address http://HOST:PORT as its api_url \
            (Google: token_url with /token and api_url with /calendar/v3; Seha and Tatman: with /seha and /tatman; \
            Zid: with /zid/v1, and token_url with /oauth/token; Slack: webhook_url with /services/T00000000/B00000000/fakefakefakefake). Keys stand in \
            Sources/Fakes/Services/ServicesWorld.swift and can be changed by POST /fake/settings; POST /fake/faults \
            makes something go wrong.
            """
    )

    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8095
    @Option(help: "Where SendGrid tells its events.") var eventWebhook: String?

    func run() async throws {
        let fake = ServicesFake(eventWebhook: eventWebhook)
        let router = Router()
        ServicesControlRoutes(fake: fake).add(to: router)
        ServicesRoutes(fake: fake).add(to: router)
        var logger = Logger(label: "services")
        logger.logLevel = .notice
        print("The services' stand-ins listen on http://\(host):\(port)/")
        print("SendGrid's verification key is \(await fake.verificationKey)")
        let server = Application(
            router: router, configuration: .init(address: .hostname(host, port: port)), logger: logger)
        try await server.runService()
    }
}
