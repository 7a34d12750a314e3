import ArgumentParser
import Domain
import Integrations
import Logging
import Storage
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

    @Test func keysAreListedRotatedAndGivenUp() async throws {
        let (old, new) = (MasterSecret.makeBase64(), MasterSecret.makeBase64())
        func run(_ arguments: String..., active: String, retired: String = "") async throws -> HubProgram.Ending {
            var given = program
            given.environment = ["ENCRYPTION_SECRET": active, "ENCRYPTION_SECRET_RETIRED": retired]
            let ending = try await given.run(arguments)
            for secret in [old, new] {
                #expect(!ending.output.contains(secret) && !ending.errors.contains(secret))
            }
            return ending
        }
        _ = try await program.run("migrate", "up")
        #expect(try await program.run("keys", "status").errors.contains("The first start makes them"))
        let names = try [old, new].map { LocalKeyProvider.name(of: try MasterSecret(base64: $0)).description }
        #expect(try await run("keys", "status", active: old).output == "\(names[0])\tactive\t0\t\n")
        try await seal(under: old)

        let others = ["codes.sealed", "integration_secrets.sealed", "hook_secrets.sealed"]
            .map { "\($0): 0 re-wrapped, 0 changed meanwhile, 0 left\n" }.joined()
        let before = try await run("keys", "status", active: new, retired: old)
        #expect(before.status == 0)
        #expect(before.output == "\(names[1])\tactive\t0\t\n\(names[0])\tretired\t1\tsettings.value 1\n")
        let missing = try await run("keys", "status", active: new)
        #expect(missing.status == 1 && missing.output.contains("\(names[0])\tmissing\t1"))
        #expect(try await program.run("keys", "status").status == 78)
        let blind = try await run("keys", "rotate", active: new)
        #expect(
            blind.status == 1 && blind.output == "settings.value: 0 re-wrapped, 0 changed meanwhile, 1 left\n" + others
        )
        let rotated = try await run("keys", "rotate", active: new, retired: old)
        #expect(
            rotated.status == 0
                && rotated.output == "settings.value: 1 re-wrapped, 0 changed meanwhile, 0 left\n" + others)
        let after = try await run("keys", "status", active: new)
        #expect(after.status == 0 && after.output == "\(names[1])\tactive\t1\tsettings.value 1\n")

        #expect(try await run("keys", "accept-loss", names[1], active: new).errors.contains("nothing is lost"))
        #expect(
            try await run("keys", "accept-loss", names[0], active: old).errors.contains("needs the key \(names[1])"))
        #expect(try await run("keys", "accept-loss", names[1], active: old).status == 0)
        #expect(try await run("keys", "status", active: old).output == "\(names[0])\tactive\t1\tsettings.value 1\n")
    }

    /// What the first start does.
    private func seal(under secret: String) async throws {
        let configuration = try ConfigurationReader(
            environment: ["DATA_DIR": program.folder.path + "/data", "ENCRYPTION_SECRET": secret],
            dotEnv: nil
        ).read()
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let outcome = try await Preparation(configuration: configuration, logger: silent, now: { .present }).run()
        await outcome.stores.close()
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
