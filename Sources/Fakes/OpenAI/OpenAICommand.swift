import ArgumentParser
import Hummingbird
import Logging

/// `hub-fakes openai`: a language model with scripted answers.
struct OpenAICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openai",
        abstract: "An OpenAI-compatible API with scripted answers, and a page that shows what was asked.",
        discussion: """
            Its base URL is http://HOST:PORT/v1. By itself it plays the assistant of a shop, in Arabic and English; \
            POST /fake/script gives it other answers, POST /fake/faults makes something go wrong.
            """
    )

    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8091
    @Option(help: "What clients send as Bearer.") var key = "fake-key"
    @Option(help: "The name of the model that chats.") var model = "fake-chat"
    @Option(help: "The name of the model that makes vectors.") var embeddingModel = "fake-embedding"
    @Option(help: "The pace of answers; 0 sends them at once.") var tokensPerSecond = 30.0

    func validate() throws {
        guard tokensPerSecond >= 0 else { throw ValidationError("--tokens-per-second must not be negative.") }
    }

    func run() async throws {
        var settings = OpenAISettings(key: key)
        settings.models = [model]
        settings.embeddingModel = embeddingModel
        settings.delivery.tokensPerSecond = tokensPerSecond
        var logger = Logger(label: "openai")
        logger.logLevel = .notice
        let fake = OpenAIFake(settings, try Script.shop())
        let router = Router(context: ChannelContext.self)
        OpenAIRoutes(fake: fake).add(to: router)
        OpenAIControlRoutes(fake: fake).add(to: router)
        print("The model's stand-in listens on http://\(host):\(port)/v1 and shows itself at http://\(host):\(port)/")
        let server = Application(
            router: router, configuration: .init(address: .hostname(host, port: port)), logger: logger)
        try await server.runService()
    }
}
