import ArgumentParser
import Domain
import Integrations
import Storage

/// `hub keys rotate`
struct KeysRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Wrap all data keys under the active key.",
        discussion: """
            No secret is opened, and hubs may serve meanwhile. It may be stopped and run again at any time. The exit \
            status is 1 when envelopes were left, because their key is missing or they are altered.
            """
    )

    func run() async throws {
        try await reportingFailures {
            try await StoreAccess.withStores { configuration, stores in
                let secrets = try await KeysAccess.secrets(configuration, stores)
                let keys = try VaultAccess(secrets, stores, configuration).keys
                let outcomes = try await KeyRotation(store: stores.envelopes, keys: keys).run()
                for outcome in outcomes { Console.writeLine(outcome.line) }
                let counts = outcomes.map { ($0.place, JSONValue.integer(Int64($0.rewrapped))) }
                let rotated = AuditEvent(
                    "keys.rotated",
                    AuditSubject(kind: "keys", id: try await keys.keyring.activeKey().description),
                    after: .object(Dictionary(uniqueKeysWithValues: counts))
                )
                try await stores.audit.record([rotated], by: .system, at: .present)
                let left = outcomes.reduce(0) { $0 + $1.left }
                if left > 0 {
                    throw CommandFailure("\(left) envelope(s) were left as they were. See: hub keys status")
                }
            }
        }
    }
}

extension KeyRotation.Outcome {
    fileprivate var line: String {
        "\(place): \(rewrapped) re-wrapped, \(changedMeanwhile) changed meanwhile, \(left) left"
    }
}
