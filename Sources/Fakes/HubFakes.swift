import ArgumentParser

/// Other sides of the hub's integrations, for tests and for trying the hub without accounts.
///
/// Nothing of the hub is used here: what a fake gets wrong, it gets wrong by itself.
@main
struct HubFakes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hub-fakes",
        abstract: "Stands in for outside services on this machine.",
        subcommands: [
            WhatsAppCommand.self, OpenAICommand.self, MailCommand.self, ServicesCommand.self, VaultCommand.self,
        ]
    )
}
