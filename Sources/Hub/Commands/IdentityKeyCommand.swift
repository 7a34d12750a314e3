import ArgumentParser
import Integrations
import Logging

/// `hub identity-key`
struct IdentityKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity-key",
        abstract: "Print the key with which the site vouches for its users.",
        discussion: """
            The site's server signs a user id with it: the lower-case hex HMAC-SHA256 of the id, with the printed \
            text as the key. In PHP: hash_hmac('sha256', $userId, $key). Whoever has the key can speak as any of \
            the site's users: it belongs on the server, never on a page.
            """
    )

    @Option(help: "Print the signature of this user id instead, to compare with the site's own.")
    var sign: String?

    func run() async throws {
        try await reportingFailures {
            let configuration = try ProcessEnvironment.configuration()
            HubLogHandler.bootstrap(configuration)
            let preparation = Preparation(
                configuration: configuration,
                logger: Logger(label: "hub"),
                now: { .present }
            )
            let tokens = RandomSecretTokens(secret: try await preparation.secrets().active)
            Console.writeLine(sign.map(tokens.identitySignature(userID:)) ?? tokens.identityKeyHex)
        }
    }
}
