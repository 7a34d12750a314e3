import ArgumentParser
import Domain
import Storage

/// `hub new-epoch`
struct NewEpochCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new-epoch",
        abstract: "After a restored backup: make clients drop what they have cached.",
        discussion: """
            A restored log is shorter than what clients have seen, and its next numbers are given a second time. \
            Run this while every hub is stopped: a hub reads the epoch when it starts.
            """
    )

    func run() async throws {
        try await reportingFailures {
            try await StoreAccess.withStores { _, stores in
                let epoch = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
                try await stores.health.renewEpoch(to: epoch)
                Console.writeLine("The epoch of this store is now \(epoch).")
            }
        }
    }
}
