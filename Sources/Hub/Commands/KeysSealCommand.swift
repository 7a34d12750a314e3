import ArgumentParser
import Domain
import Storage

/// `hub keys seal`
struct KeysSealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Seal messages with codes that an earlier version stored as they are.",
        discussion: """
            Once, after an update from a version that did not seal them. Hubs may serve meanwhile, and it may be \
            stopped and run again: what is sealed is left alone. On SQLite, stop the hub afterwards and run VACUUM, so \
            that nothing of the old rows stays in the file.
            """
    )

    /// Messages of one transaction.
    private static let pageSize = 200

    func run() async throws {
        try await reportingFailures {
            try await StoreAccess.withStores { configuration, stores in
                let secrets = try await KeysAccess.secrets(configuration, stores)
                stores.use(try await VaultAccess(secrets, stores, configuration).open())
                var messages = 0
                var place: PlainTextPlace?
                repeat {
                    let page = try await stores.plainTexts.seal(after: place, limit: Self.pageSize)
                    messages += page.messages
                    place = page.last
                } while place != nil
                let event = AuditEvent(
                    "keys.texts_sealed", AuditSubject(kind: "keys", id: "texts"),
                    after: ["messages": .integer(Int64(messages))])
                try await stores.audit.record([event], by: .system, at: .present)
                Console.writeLine("\(messages) message(s) with codes were sealed.")
            }
        }
    }
}
