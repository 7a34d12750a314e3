import Domain
import Foundation
import Logging
import NIOCore
import NIOPosix
import Storage
import Testing
import Transport

@testable import Hub

@Suite struct DoctorTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func configuration(_ environment: [String: String] = [:]) throws -> HubConfiguration {
        // Few enough connections for any machine's limit on open files.
        let standard = ["DATA_DIR": folder.path, "PORT": "0", "HUB_MAX_CONNECTIONS": "64"]
        return try ConfigurationReader(environment: standard.merging(environment) { $1 }, dotEnv: nil).read()
    }

    private func complaints(_ environment: [String: String] = [:]) async throws -> [String] {
        await Doctor(configuration: try configuration(environment), logger: silent).examine()
            .filter { !$0.isGood }.map(\.line)
    }

    private func prepare() async throws {
        let outcome = try await Preparation(configuration: try configuration(), logger: silent, now: { .present }).run()
        await outcome.stores.close()
    }

    @Test func aFreshPlaceAndAPreparedOneAreWell() async throws {
        #expect(try await complaints() == [])
        #expect(try folder.names == [], "the doctor makes nothing")
        #expect(try await complaints(["DATA_DIR": folder.path + "/none"]) == [])
        try await prepare()
        #expect(try await complaints() == [])
    }

    @Test func seesWhatIsWrongWithTheKeys() async throws {
        try folder.write("ENCRYPTION_SECRET=hunter2", to: "secrets.env")
        let broken = try await complaints()
        #expect(broken.count == 1)
        #expect(broken.first?.hasPrefix("✗ Keys: its value is not base64") == true)
        #expect(broken.first?.contains("hunter2") == false)

        try folder.write("ENCRYPTION_SECRET=\(SettingsTests.secret)", to: "secrets.env")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path + "/secrets.env")
        #expect(
            try await complaints() == [
                "✗ Keys: others may read \(folder.path)/secrets.env. Run: chmod 600 \(folder.path)/secrets.env"
            ]
        )
    }

    @Test func seesALostAndAChangedSecret() async throws {
        try await prepare()
        try FileManager.default.removeItem(atPath: folder.path + "/secrets.env")
        let lost = try await complaints()
        #expect(lost.count == 1)
        #expect(lost.first?.hasPrefix("✗ Secrets: ENCRYPTION_SECRET is missing, and the database holds") == true)
        #expect(lost.first?.contains("hub keys accept-loss local:k") == true)
        let changed = try await complaints(["ENCRYPTION_SECRET": SettingsTests.secret])
        #expect(changed.count == 1)
        #expect(changed.first?.hasPrefix("✗ Secrets: ENCRYPTION_SECRET is not the secret") == true)
        #expect(try !folder.names.contains("secrets.env"), "the doctor makes nothing")
    }

    @Test func seesAnUnpreparedDatabaseAndAMissingAdministrator() async throws {
        let path = folder.path + "/hub.sqlite"
        let stores = try await Stores.open(.sqlite(path: path), logger: silent, now: { .present })
        let count = try await stores.migrator.status().count
        #expect(try await complaints() == ["✗ Schema: \(count) migration(s) missing. Run: hub migrate up"])
        _ = try await stores.migrator.up()
        #expect(try await complaints() == ["✗ Accounts: no administrator. Run: hub user add --role admin …"])
        await stores.close()
    }

    @Test func seesADatabaseThatIsNone() async throws {
        try folder.write(
            "this is no database, and it is longer than a page header of SQLite would be, which is 100 bytes long",
            to: "hub.sqlite")
        let found = try await complaints()
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("✗ Database: SQLite at \(folder.path)/hub.sqlite cannot be used") == true)
    }

    @Test func seesADatabaseThatIsAway() async throws {
        #expect(
            try await complaints(["DATABASE_URL": "postgres://u:hunter2@127.0.0.1:1/x"]) == [
                "✗ Database: PostgreSQL cannot be used. The database does not answer. "
                    + "Check DATABASE_URL, and that the database is up."
            ]
        )
    }

    @Test func seesMissingCertificatesAndAFullDisk() async throws {
        try folder.write("nothing", to: "key.pem")
        let found = try await complaints([
            "TLS_CERT": folder.path + "/cert.pem", "TLS_KEY": folder.path + "/key.pem",
            "HUB_MIN_FREE_DISK_BYTES": "1099511627776",
        ])
        #expect(found.count == 2)
        #expect(found.contains { $0.hasPrefix("✗ Disk: only ") })
        #expect(found.contains { $0.hasPrefix("✗ TLS_CERT: \"\(folder.path)/cert.pem\" does not exist. Accepted: ") })
    }

    @Test func seesTooFewFiles() {
        let wanted = ConnectionLimits(maxConnections: 1600, maxPerAddress: 256)
        #expect(Doctor.openFiles(OpenFileBudget(limit: 1956, wanted: wanted)).isGood)
        #expect(
            Doctor.openFiles(OpenFileBudget(limit: 1024, wanted: wanted)).line
                == "✗ Open files: 1024 allowed, which is enough for 720 connections. "
                + "Allow 1956 (ulimit -Hn, LimitNOFILE in systemd), or lower HUB_MAX_CONNECTIONS"
        )
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"status\":\"ok\"}", PortProbe.Answer.hub),
        ("HTTP/1.1 404 Not Found\r\n\r\n", .taken), ("220 mail.example ESMTP\r\n", .taken), ("", .taken),
    ])
    func tellsAHubAtThePortFromOthers(_ answer: String, _ expected: PortProbe.Answer) async throws {
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answering(answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let port = try #require(listener.localAddress?.port)
        let probe = PortProbe(host: "127.0.0.1", port: port, patience: .minutes(1))
        #expect(await probe.look() == expected)
        try await listener.close()
        #expect(await probe.look() == .free)
    }

    @Test func aHostThatIsNotThisMachineIsRefused() async {
        guard case .refused = await PortProbe(host: "192.0.2.1", port: 0).look() else {
            Issue.record("192.0.2.1 could be listened on")
            return
        }
    }
}

/// Answers whatever it is sent with a fixed text, and ends.
private final class Answering: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: String

    init(_ answer: String) {
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        context.close(promise: nil)
    }
}
