import ArgumentParser
import Testing

@testable import Hub

/// The program as a person runs it, on a real database.
@Suite struct CommandTests {
    private let program: HubProgram

    init() throws {
        program = HubProgram(folder: try TemporaryFolder())
    }

    @Test func aMalformedSettingEndsWith78AndOneLine() async throws {
        for arguments in [["serve"], ["user", "list"], ["migrate", "up"], ["identity-key"], ["new-epoch"]] {
            var broken = program
            broken.environment = ["ENCRYPTION_SECRET": "hunter2"]
            let ending = try await broken.run(arguments)
            #expect(ending.status == 78)
            #expect(ending.output == "")
            #expect(
                ending.errors == "ENCRYPTION_SECRET: its value is not base64 (in the environment); "
                    + "accepted: 32 bytes in base64 (openssl rand -base64 32)\n"
            )
        }
    }

    @Test func theFileInTheWorkingDirectoryIsRead() async throws {
        try program.folder.write("PORT=eighty\r\n", to: ".env")
        let ending = try await program.run("doctor")
        #expect(ending.status == 1)
        #expect(
            ending.output.hasPrefix(
                #"✗ Configuration: PORT: "eighty" is not a whole number (in .env line 1). Accepted"#))
    }

    @Test func accountsLiveTheirLives() async throws {
        let unprepared = try await program.run("user", "list")
        #expect(unprepared.status == 1)
        #expect(unprepared.errors.contains("Run: hub migrate up"))

        let missing = try await program.run("migrate", "status")
        #expect(missing.status == 1 && missing.output.contains("missing"))
        let migrated = try await program.run("migrate", "up")
        #expect(migrated.status == 0 && migrated.output.hasPrefix("applied 1 "))
        #expect(try await program.run("migrate", "up").output == "Nothing to do.\n")
        #expect(try await program.run("migrate", "status").status == 0)

        let added = try await program.run(
            "user", "add", "--email", "Sara@Shop.example", "--name", "سارة", "--role", "admin", "--password-stdin",
            input: "a good password\n"
        )
        #expect(added.status == 0 && added.output == "Added sara@shop.example (admin).\n")
        let again = try await program.run(
            "user", "add", "--email", "sara@shop.example", "--name", "X", "--password-stdin",
            input: "a good password\n"
        )
        #expect(again.status == 1 && !again.errors.isEmpty)
        let short = try await program.run(
            "user", "password", "--email", "sara@shop.example", "--password-stdin", input: "short\n")
        #expect(short.status == 1 && short.errors.contains("shorter than 8") && !short.errors.contains("short\n"))
        let generated = try await program.run("user", "password", "--email", "sara@shop.example", "--generate")
        #expect(generated.status == 0 && generated.output.contains("\nPassword: "))
        let unknown = try await program.run("user", "disable", "--email", "nobody@shop.example")
        #expect(
            unknown.status == 1
                && unknown.errors == "hub: There is no account nobody@shop.example. See: hub user list\n")

        let disabled = try await program.run("user", "disable", "--email", "sara@shop.example")
        #expect(disabled.status == 0 && disabled.errors.contains("No administrator is left"))
        #expect(try await program.run("user", "list").output == "sara@shop.example\tadmin\tdisabled\tسارة\n")
        #expect(try await program.run("user", "enable", "--email", "sara@shop.example").status == 0)
        #expect(try await program.run("user", "list").output == "sara@shop.example\tadmin\tenabled\tسارة\n")
    }

    @Test func aDatabaseThatIsAwayEndsWith69() async throws {
        var away = program
        away.environment = ["DATABASE_URL": "postgres://u:hunter2@127.0.0.1:1/x"]
        let ending = try await away.run("user", "list")
        #expect(ending.status == 69)
        #expect(
            ending.errors.hasSuffix(
                "hub: The database does not answer. Check DATABASE_URL, and that the database is up.\n"))
        #expect(!ending.errors.contains("hunter2"))
    }

    @Test func noTerminalMeansNoQuestion() async throws {
        _ = try await program.run("migrate", "up")
        let ending = try await program.run("user", "add", "--email", "a@b.example", "--name", "A")
        #expect(ending.status == 1)
        #expect(ending.errors.contains("give --password-stdin or --generate"))
    }

    @Test func printsItsVersionAndPlainSQL() async throws {
        #expect(try await program.run("--version").output == HubVersion.current + "\n")
        for arguments in [["migrate", "--print-sql"], ["migrate", "up", "--print-sql"]] {
            let sql = try await program.run(arguments)
            #expect(sql.status == 0 && sql.output.contains("for PostgreSQL\n") && sql.output.hasSuffix("COMMIT;\n"))
        }
        #expect(try await program.run("migrate", "--print-sql", "--dialect", "sqlite").output.contains("for SQLite\n"))
        #expect(try program.folder.names == [], "printing touches nothing")
    }

    @Test func signsForComparison() async throws {
        var given = program
        given.environment = ["ENCRYPTION_SECRET": SettingsTests.secret]
        let key = try await given.run("identity-key").output
        let signature = try await given.run("identity-key", "--sign", "42").output
        #expect(key.count == 65 && signature.count == 65 && key != signature)
        #expect(try await given.run("identity-key").output == key)
    }

    @Test(arguments: [
        ["user", "add", "--email", "no address", "--name", "A"],
        ["user", "add", "--email", "a@b.example", "--name", " "],
        ["user", "add", "--email", "a@b.example", "--name", "A", "--role", "owner"],
        ["user", "password", "--email", "a@b.example", "--generate", "--password-stdin"], ["migrate", "down"], ["srve"],
    ])
    func refusesWhatItDoesNotUnderstand(_ arguments: [String]) {
        #expect(throws: (any Error).self) { try HubCommand.parseAsRoot(arguments) }
    }
}
