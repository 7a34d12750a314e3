import ArgumentParser
import Domain
import Storage

/// `hub migrate`
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database's tables up to this version, or tell how they are.",
        subcommands: [Up.self, Status.self]
    )

    @OptionGroup var sql: SQLOptions

    func run() async throws {
        guard sql.printSQL else { throw CleanExit.helpRequest(self) }
        sql.printScript()
    }

    struct SQLOptions: ParsableArguments {
        @Flag(help: "Print the statements instead, as a script that may be run again (psql -f).")
        var printSQL = false

        @Option(help: "Whose statements are printed: postgres or sqlite.")
        var dialect = SQLDialect.postgres

        func printScript() {
            Console.write(Migrator.sql(for: dialect))
        }
    }

    struct Up: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Apply the migrations that are missing.")

        @OptionGroup var sql: SQLOptions

        func run() async throws {
            if sql.printSQL { return sql.printScript() }
            try await reportingFailures {
                try await StoreAccess.withAnyStores { _, stores in
                    let applied = try await stores.migrator.up()
                    for migration in applied { Console.writeLine("applied \(migration.version) \(migration.name)") }
                    Console.writeLine(applied.isEmpty ? "Nothing to do." : "The tables are up to date.")
                }
            }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the migrations; the exit status is 1 while one is missing."
        )

        func run() async throws {
            try await reportingFailures {
                try await StoreAccess.withAnyStores { _, stores in
                    let migrations = try await stores.migrator.status()
                    for migration in migrations { Console.writeLine(migration.line) }
                    if migrations.contains(where: { $0.appliedAt == nil }) {
                        throw CommandFailure("Migrations are missing. Run: hub migrate up")
                    }
                }
            }
        }
    }
}

extension SQLDialect: ExpressibleByArgument {}

extension MigrationStatus {
    /// `1 initial  applied 2026-11-21T08:00:00.000Z`
    fileprivate var line: String {
        let state = appliedAt.map { "applied \($0.rfc3339)" + (isUnknown ? " by a newer hub" : "") } ?? "missing"
        return "\(version) \(name)".padded(to: 32) + state
    }
}
