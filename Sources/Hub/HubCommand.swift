import ArgumentParser

/// `hub`: the program.
@main
struct HubCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hub",
        abstract: "TwoCards Hub: visitors of a website chat with its staff.",
        discussion: """
            Settings come from the environment and from a .env file in the working directory; \
            docs/operations.md lists them.
            """,
        version: HubVersion.current,
        subcommands: [
            ServeCommand.self, MigrateCommand.self, UserCommand.self, DoctorCommand.self, IdentityKeyCommand.self,
            KeysCommand.self, NewEpochCommand.self, AuditCommand.self,
        ]
    )
}
