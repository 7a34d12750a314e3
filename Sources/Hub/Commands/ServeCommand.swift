import ArgumentParser
import NIOCore

/// `hub serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve sockets, REST and pages until SIGTERM.",
        discussion: """
            Makes on its first start what is missing: the data folder, its secret, the tables and an administrator, \
            whose login it prints once.
            """
    )

    func run() async throws {
        MallocArenas.limit(cores: System.coreCount, environment: ProcessEnvironment.variables)
        try await reportingFailures {
            let configuration = try ProcessEnvironment.configuration()
            HubLogHandler.bootstrap(configuration)
            try await HubServer.run(configuration: configuration)
        }
    }
}
