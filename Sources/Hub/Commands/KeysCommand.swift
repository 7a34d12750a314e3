import ArgumentParser

/// `hub keys`
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "The keys that seal secrets at rest.",
        discussion: """
            Keys are derived from ENCRYPTION_SECRET, or kept by AWS KMS or Vault (KEYS_PROVIDER). To move from one to \
            another, change KEYS_PROVIDER on every hub, restart, and run `hub keys rotate`. To change the secret, put the old value into \
            ENCRYPTION_SECRET_RETIRED and a new one into ENCRYPTION_SECRET on every hub, restart, and run \
            `hub keys rotate`. The old value may go when `hub keys status` shows no envelope under its key; \
            backups still need it.
            """,
        subcommands: [KeysStatusCommand.self, KeysRotateCommand.self, KeysSealCommand.self, KeysAcceptLossCommand.self]
    )
}
