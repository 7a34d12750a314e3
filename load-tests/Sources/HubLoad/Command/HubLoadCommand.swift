import ArgumentParser

/// The program `hub-load`.
@main
struct HubLoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hub-load",
        abstract: "Puts load on TwoCards Hub and on its peers, and measures both in the same way.",
        subcommands: [RunCommand.self, SuiteCommand.self, ReportCommand.self]
    )
}
