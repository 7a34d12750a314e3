import Domain
import Foundation
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
        #expect(credentials.passwordHash?.contains(password) == false)
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

    @Test func aLostSecretIsNotReplacedBehindTheOperatorsBack() async throws {
        await (try await preparation().run()).stores.close()
        let file = folder.path + "/a/data/secrets.env"
        let copy = folder.path + "/copy.env"
        try FileManager.default.moveItem(atPath: file, toPath: copy)

        for _ in 0..<2 {
            let error = try #require(
                await #expect(throws: ConfigurationError.self) { _ = try await preparation().run() })
            #expect(error.name == "ENCRYPTION_SECRET" && error.problem.hasPrefix("is missing"))
            #expect(error.accepted.contains(file) && error.accepted.contains("hub keys accept-loss local:k"))
            #expect(!FileManager.default.fileExists(atPath: file), "no second secret is made")
        }
        await #expect(throws: ConfigurationError.self) { _ = try await preparation().secrets() }

        let other = ["ENCRYPTION_SECRET": SettingsTests.secret]
        let changed = try #require(
            await #expect(throws: ConfigurationError.self) { _ = try await preparation(other).run() })
        #expect(changed.problem.hasPrefix("is not the secret"))
        #expect(!changed.description.contains(SettingsTests.secret))

        try FileManager.default.moveItem(atPath: copy, toPath: file)
        await (try await preparation().run()).stores.close()
    }

    @Test func aChangedSecretNeedsTheOldOneOnce() async throws {
        let old = MasterSecret.makeBase64()
        let place = SecretPlace(table: "codes", record: "c_1", field: "code")
        let first = try await preparation(["ENCRYPTION_SECRET": old]).run()
        let sealed = try await first.vault.sealer().seal("a code", at: place)
        let print = first.vault.fingerprint(of: "a code", for: .code)
        await first.stores.close()

        let both = ["ENCRYPTION_SECRET": SettingsTests.secret, "ENCRYPTION_SECRET_RETIRED": old]
        let second = try await preparation(both).run()
        #expect(try await second.vault.open(sealed, at: place) == "a code")
        #expect(second.vault.fingerprint(of: "a code", for: .code) == print)
        await second.stores.close()

        let third = try await preparation(["ENCRYPTION_SECRET": SettingsTests.secret]).run()
        await #expect(throws: HubError.self) { try await third.vault.open(sealed, at: place) }
        await third.stores.close()
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
