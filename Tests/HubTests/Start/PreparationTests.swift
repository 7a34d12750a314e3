import Domain
import Integrations
import Logging
import Storage
import Testing

@testable import Hub

@Suite struct PreparationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func preparation(_ environment: [String: String] = [:]) throws -> Preparation {
        let given = environment.merging(["DATA_DIR": folder.path + "/a/data"]) { $1 }
        return Preparation(
            configuration: try ConfigurationReader(environment: given, dotEnv: nil).read(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { .present }
        )
    }

    @Test func theFirstStartMakesEverythingAndTheSecondNothing() async throws {
        let first = try await preparation().run()
        guard case .made(let email, let password?) = first.admin else {
            Issue.record("no administrator with a generated password: \(first.admin)")
            return
        }
        #expect(email == "admin@localhost")
        let credentials = try #require(try await first.stores.users.credentials(email: email))
        #expect(credentials.user.role == .admin)
        #expect(credentials.user.name == "Admin")
        #expect(try await first.hasher.verify(password, against: credentials.passwordHash))
        #expect(!credentials.passwordHash.contains(password))
        await first.stores.close()
        #expect(try folder.mode(of: "a/data") == 0o700)
        #expect(try folder.mode(of: "a/data/hub.sqlite") == 0o600)
        let secrets = try folder.read("a/data/secrets.env")

        let second = try await preparation().run()
        #expect(second.admin == .notNeeded)
        #expect(try await second.stores.users.users() == [credentials.user])
        await second.stores.close()
        #expect(try folder.read("a/data/secrets.env") == secrets)
    }

    @Test func aGivenPasswordIsTakenAndNotHandedOut() async throws {
        let outcome = try await preparation([
            "ADMIN_EMAIL": "Boss@Shop.example", "ADMIN_PASSWORD": "given by the operator",
            "ENCRYPTION_SECRET": SettingsTests.secret,
        ]).run()
        #expect(outcome.admin == .made(email: "boss@shop.example", generatedPassword: nil))
        let credentials = try #require(try await outcome.stores.users.credentials(email: "boss@shop.example"))
        #expect(try await outcome.hasher.verify("given by the operator", against: credentials.passwordHash))
        await outcome.stores.close()
        #expect(try !folder.names.contains("secrets.env"))
    }

    @Test func hubsThatStartAtOnceMakeOneAdministrator() async throws {
        let outcomes = try await withThrowingTaskGroup(of: FirstAdmin.Outcome.self) { group in
            for _ in 0..<3 {
                let preparation = try preparation()
                group.addTask {
                    let outcome = try await preparation.run()
                    await outcome.stores.close()
                    return outcome.admin
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 != .notNeeded } == 1)
    }

    @Test func aFolderThatIsAFileIsAConfigurationError() async throws {
        try folder.write("", to: "a")
        let preparation = try preparation()
        let error = try #require(await #expect(throws: ConfigurationError.self) { try await preparation.run() })
        #expect(error.name == "DATA_DIR")
    }

    @Test func aDatabaseThatIsAwayEndsTheStartInTime() async throws {
        let preparation = try preparation([
            "DATABASE_URL": "postgres://u:hunter2@127.0.0.1:1/x", "HUB_START_TIMEOUT_MS": "10",
        ])
        let error = try #require(await #expect(throws: HubError.self) { try await preparation.run() })
        #expect(error.code == .unavailable)
        #expect(!"\(error)".contains("hunter2"))
    }
}
