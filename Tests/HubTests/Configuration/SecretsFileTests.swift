import Foundation
import Integrations
import Testing

@testable import Hub

@Suite struct SecretsFileTests {
    private let folder: TemporaryFolder
    private let file: SecretsFile

    init() throws {
        folder = try TemporaryFolder()
        file = SecretsFile(directory: folder.path)
    }

    private func key(_ secret: MasterSecret) -> String { RandomSecretTokens(secret: secret).identityKeyHex }

    @Test func isMadeOnceForItsOwnerAlone() throws {
        #expect(try file.existing() == nil)
        let secret = try file.secret()
        #expect(try folder.names == ["secrets.env"])
        #expect(try folder.mode(of: "secrets.env") == 0o600)
        #expect(!file.isOpenToOthers)
        let text = try folder.read("secrets.env")
        #expect(try key(file.secret()) == key(secret))
        #expect(try folder.read("secrets.env") == text)
    }

    @Test func allThatMakeItAtOnceGetTheSame() async throws {
        let path = folder.path
        let keys = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    RandomSecretTokens(secret: try SecretsFile(directory: path).secret()).identityKeyHex
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
        #expect(try folder.names == ["secrets.env"])
    }

    @Test func processesThatMakeItAtOnceGetTheSame() async throws {
        let program = HubProgram(folder: folder)
        let keys = try await withThrowingTaskGroup(of: HubProgram.Ending.self) { group in
            for _ in 0..<6 { group.addTask { try await program.run("identity-key") } }
            return try await group.reduce(into: Set<String>()) { keys, ending in
                #expect(ending.status == 0, "\(ending.errors)")
                keys.insert(ending.output)
            }
        }
        #expect(keys.count == 1)
        #expect(keys.first?.count == 65)
        let made = try #require(try SecretsFile(directory: folder.path + "/data").existing())
        #expect(keys.first == key(made) + "\n")
    }

    @Test(arguments: ["", "# nothing", "ENCRYPTION_SECRET=", "ENCRYPTION_SECRET=hunter2", "ENCRYPTION_SECRET", "\u{0}"])
    func aBrokenFileIsReportedAndNeverOverwritten(_ text: String) throws {
        try folder.write(text, to: "secrets.env")
        let error = try #require(throws: ConfigurationError.self) { try file.secret() }
        #expect(error.description.contains(file.path))
        #expect(!error.description.contains("hunter2"))
        #expect(try folder.read("secrets.env") == text)
    }

    @Test func keepsEarlierSecretsToo() throws {
        let (new, old) = (MasterSecret.makeBase64(), MasterSecret.makeBase64())
        try folder.write("ENCRYPTION_SECRET=\(new)\nENCRYPTION_SECRET_RETIRED=\(old), \(new)\n", to: "secrets.env")
        #expect(try file.existing().map(key) == key(MasterSecret(base64: new)))
        #expect(try file.retired().map(key) == [old, new].map { try key(MasterSecret(base64: $0)) })

        for wrong in ["hunter2", "\(old),hunter2", "\(old),"] {
            try folder.write("ENCRYPTION_SECRET=\(new)\nENCRYPTION_SECRET_RETIRED=\(wrong)\n", to: "secrets.env")
            let error = try #require(throws: ConfigurationError.self) { try file.retired() }
            #expect(error.name == "ENCRYPTION_SECRET_RETIRED")
            #expect(!error.description.contains("hunter2") && !error.description.contains(old))
        }
        try folder.write("ENCRYPTION_SECRET=\(new)\n", to: "secrets.env")
        #expect(try file.retired().isEmpty)
    }

    @Test func seesWhenOthersMayReadIt() throws {
        _ = try file.secret()
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
        #expect(file.isOpenToOthers)
    }
}
