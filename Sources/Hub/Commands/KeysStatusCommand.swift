import ArgumentParser
import Domain
import Integrations
import Storage

/// `hub keys status`
struct KeysStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "List keys, their state, and how many envelopes name each; the status is 1 while one is missing.",
        discussion: """
            A line for each key, with tabs between: name, state (active, retired, missing), number of envelopes, and \
            where they lie. When somebody else keeps the keys (KEYS_PROVIDER), they are asked, and a last line says \
            that they answer; when they do not, the exit status is 69.
            """
    )

    func run() async throws {
        try await reportingFailures {
            try await StoreAccess.withStores { configuration, stores in
                let secrets = try await KeysAccess.secrets(configuration, stores)
                let keyring = try secrets.keyring(configuration)
                let report = await KeyReport(keyring, counts: try await stores.envelopes.counts())
                for line in report.lines { Console.writeLine(line) }
                if configuration.keys.provider != .local {
                    try await keyring.check()
                    Console.writeLine("keeper\t\(configuration.keys.provider.rawValue)\tanswers")
                }
                if let advice = report.advice { throw CommandFailure(advice) }
            }
        }
    }
}
