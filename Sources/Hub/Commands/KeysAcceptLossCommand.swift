import ArgumentParser
import Domain
import Integrations
import Storage

/// `hub keys accept-loss`
struct KeysAcceptLossCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept-loss",
        abstract: "Go on without a lost secret; what it sealed stays closed for ever.",
        discussion: """
            For a database whose ENCRYPTION_SECRET is lost with every copy. Run it while every hub is stopped, with \
            the name of the lost key as the refused start gave it. Conversations and accounts are not touched. Codes \
            and tokens that were sealed cannot be read again, and equal ones are no longer found among them.
            """
    )

    @Argument(help: "The name of the lost key, e.g. local:k5d41402abc4b2a76.")
    var key: String

    func run() async throws {
        try await reportingFailures {
            try await StoreAccess.withStores { configuration, stores in
                guard let sealed = try await stores.indexKey.indexKey() else {
                    throw CommandFailure("Nothing is sealed yet, so nothing is lost. Start the hub: hub serve")
                }
                guard KeyName(key) == sealed.dataKey.kek else {
                    throw CommandFailure("The database needs the key \(sealed.dataKey.kek), not this one.")
                }
                let file = SecretsFile(directory: configuration.dataDirectory)
                let secrets = try HubSecrets(given: configuration) ?? HubSecrets(active: try file.secret())
                let access = try VaultAccess(secrets, stores, configuration)
                guard await access.keys.keyring.standing(of: sealed.dataKey.kek) == .missing else {
                    throw CommandFailure("This hub has the key \(key), so nothing is lost. Start the hub: hub serve")
                }
                guard try await access.door.replace(lost: sealed) else {
                    throw CommandFailure("Another hub changed the key meanwhile. Stop every hub, and look again.")
                }
                let loss = AuditEvent("keys.lost", AuditSubject(kind: "keys", id: sealed.dataKey.kek.description))
                try await stores.audit.record([loss], by: .system, at: .present)
                let lost = try await stores.envelopes.counts().filter { $0.key == sealed.dataKey.kek }
                Console.writeLine("The database goes on without the key \(key).")
                for count in lost { Console.writeLine("\(count.place): \(count.count) stay closed") }
            }
        }
    }
}
