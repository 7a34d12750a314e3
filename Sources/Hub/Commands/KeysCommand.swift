import ArgumentParser

/// `hub keys`
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "The keys that seal secrets at rest.",
        discussion: """
            Keys are derived from ENCRYPTION_SECRET. To change it, put the old value into \
            ENCRYPTION_SECRET_RETIRED and a new one into ENCRYPTION_SECRET on every hub, restart, and run \
            `hub keys rotate`. The old value may go when `hub keys status` shows no envelope under its key; \
            backups still need it.
            """,
        subcommands: [KeysStatusCommand.self, KeysRotateCommand.self, KeysAcceptLossCommand.self]
    )
}
