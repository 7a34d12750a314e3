import ArgumentParser
import Hummingbird
import Logging

/// `hub-fakes vault`: the transit engine of Vault, with one key.
struct VaultCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault",
        abstract: "The transit engine of HashiCorp Vault.",
        discussion: """
            Give the hub KEYS_PROVIDER=vault-transit, VAULT_ADDR=http://HOST:PORT, VAULT_TOKEN and VAULT_TRANSIT_KEY \
            as here. POST /fake/seal and /fake/unseal, and /fake/faults with {"status", "times"}, make things go wrong. \
            Keys are in memory: what they sealed is lost when this ends.
            """
    )

    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8096
    @Option(help: "The token that is let in.") var token = "fake-vault-token"
    @Option(help: "The namespace of the engine; empty for none.") var namespace = ""
    @Option(help: "Where the engine is mounted.") var mount = "transit"
    @Option(help: "The name of the key.") var key = "twocards"

    func run() async throws {
        let fake = VaultFake(token: token, namespace: namespace, mount: mount, key: key)
        let router = Router()
        VaultRoutes(fake: fake).add(to: router)
        var logger = Logger(label: "vault")
        logger.logLevel = .notice
        print("The stand-in for Vault listens on http://\(host):\(port)/")
        let server = Application(
            router: router, configuration: .init(address: .hostname(host, port: port)), logger: logger)
        try await server.runService()
    }
}
