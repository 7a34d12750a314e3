import Domain
import Foundation
import Integrations
import Logging
import Storage
import Transport

/// Looks at everything a hub needs; changes nothing but the database's mark of the last check.
struct Doctor {
    let configuration: HubConfiguration
    let logger: Logger

    func examine() async -> [Finding] {
        [.good("Configuration: every setting is known and well-formed")]
            + folder() + [secret()] + (await keeper()) + certificates() + whatsApp() + [openFiles(), await port()]
            + (await database())
    }

    // MARK: Disk

    private func folder() -> [Finding] {
        let folder = DataDirectory(path: configuration.dataDirectory)
        guard folder.exists else {
            return [.good("Data folder: \(folder.path) will be made on the first start")]
        }
        do throws(ConfigurationError) {
            try folder.prepare()
        } catch {
            return [.bad("Data folder: \(error.problem)", advice: "Set DATA_DIR to \(error.accepted)")]
        }
        return [.good("Data folder: \(folder.path) is writable"), Self.disk(folder, configuration.limits)]
    }

    static func disk(_ folder: DataDirectory, _ limits: Limits) -> Finding {
        guard let free = folder.freeBytes else {
            return .bad("Disk: its free space cannot be told", advice: "Look with: df \(folder.path)")
        }
        let mebibytes = "\(free / 1_048_576) MiB free"
        guard free >= Int64(limits.minFreeDiskBytes) else {
            return .bad("Disk: only \(mebibytes)", advice: "Make room, or lower HUB_MIN_FREE_DISK_BYTES")
        }
        return .good("Disk: \(mebibytes)")
    }

    // MARK: Keys

    private func secret() -> Finding {
        if configuration.encryptionSecret != nil { return .good("Keys: ENCRYPTION_SECRET is given") }
        let file = SecretsFile(directory: configuration.dataDirectory)
        do throws(ConfigurationError) {
            guard try file.existing() != nil else {
                return .good("Keys: there is no \(file.path); the first start makes it")
            }
        } catch {
            return .bad("Keys: \(error.problem)", advice: "Put back the copy you kept: \(error.accepted)")
        }
        guard !file.isOpenToOthers else {
            return .bad("Keys: others may read \(file.path)", advice: "Run: chmod 600 \(file.path)")
        }
        return .good("Keys: \(file.path) is well-formed and private")
    }

    /// Nothing when the hub keeps its keys itself.
    private func keeper() async -> [Finding] {
        let title = "Keys: \(configuration.keys.provider.rawValue)"
        do {
            guard let keeper = try configuration.keys.keeper() else { return [] }
            try await keeper.check()
            return [.good("\(title) answers, and \(try await keeper.activeKey()) can be used")]
        } catch let error as ConfigurationError {
            return [.bad("\(error.name): \(error.problem)", advice: "Accepted: \(error.accepted)")]
        } catch {
            return [.bad("\(title) cannot be used", advice: Self.advice(error))]
        }
    }

    private func certificates() -> [Finding] {
        guard let tls = configuration.tls else { return [] }
        do throws(ConfigurationError) {
            return [CertificateReport(try tls.identity(), now: .present).finding]
        } catch {
            return [.bad("\(error.name): \(error.problem)", advice: "Accepted: \(error.accepted)")]
        }
    }

    // MARK: WhatsApp

    /// Nothing when WhatsApp is not used.
    private func whatsApp() -> [Finding] {
        let outside = configuration.outside
        let isUsed =
            outside.whatsAppToken != nil || outside.whatsAppPhoneID != nil || outside.whatsAppVerifyToken != nil
            || outside.whatsAppAppSecret != nil
        guard isUsed else { return [] }
        guard outside.whatsAppAppSecret != nil else {
            return [
                .bad(
                    "WhatsApp: no message is accepted, because none can be checked",
                    advice: "Set WA_APP_SECRET to the app secret, which Meta shows under App settings, Basic")
            ]
        }
        guard outside.whatsAppVerifyToken != nil else {
            return [
                .bad(
                    "WhatsApp: the webhook cannot be set up",
                    advice: "Set WA_VERIFY_TOKEN to a word of your own, and give Meta the same")
            ]
        }
        return [.good("WhatsApp: webhooks can be set up and checked")]
    }

    // MARK: Network

    private func openFiles() -> Finding {
        let wanted = ConnectionLimits(configuration.limits)
        return Self.openFiles(OpenFileBudget(limit: OpenFileLimit.raise(), wanted: wanted))
    }

    static func openFiles(_ budget: OpenFileBudget) -> Finding {
        guard !budget.isEnough else { return .good("Open files: \(budget.limit) allowed, \(budget.needed) needed") }
        return .bad(
            "Open files: \(budget.limit) allowed, which is enough for \(budget.connections.maxConnections) connections",
            advice: "Allow \(budget.needed) (ulimit -Hn, LimitNOFILE in systemd), or lower HUB_MAX_CONNECTIONS"
        )
    }

    private func port() async -> Finding {
        let (host, port) = (configuration.host, configuration.port)
        switch await PortProbe(host: host, port: port, speaksTLS: configuration.tls != nil).look() {
        case .free: return .good("Port: \(port) on \(host) is free")
        case .hub: return .good("Port: a hub serves at \(port) on \(host)")
        case .taken:
            return .bad("Port: another program uses \(port) on \(host)", advice: "End it, or set PORT to another")
        case .refused(let reason):
            return .bad("Port: \(port) on \(host) cannot be used (\(reason))", advice: "Check HOST and PORT")
        }
    }

    // MARK: Database

    private func database() async -> [Finding] {
        if case .sqlite(let path) = configuration.database, !FileManager.default.fileExists(atPath: path) {
            return [.good("Database: SQLite at \(path) will be made on the first start")]
        }
        let title = "Database: \(configuration.database.title)"
        let stores: StoreSet
        let migrations: [MigrationStatus]
        do {
            stores = try await Stores.open(StorageConfiguration(configuration), logger: logger, now: { .present })
            migrations = try await stores.migrator.status()
        } catch {
            return [.bad("\(title) cannot be used", advice: Self.advice(error))]
        }
        var findings = [Finding.good("\(title) answers"), Self.schema(migrations)]
        if findings.allSatisfy(\.isGood) { findings += await contents(stores) + [await vault(stores)] }
        await stores.close()
        return findings
    }

    static func schema(_ migrations: [MigrationStatus]) -> Finding {
        let missing = migrations.count { $0.appliedAt == nil }
        if migrations.contains(where: \.isUnknown) {
            return .bad("Schema: it was made by a newer hub", advice: "Start the newer hub")
        }
        guard missing == 0 else {
            return .bad("Schema: \(missing) migration(s) missing", advice: "Run: hub migrate up")
        }
        return .good("Schema: version \(migrations.last?.version ?? 0), up to date")
    }

    private func contents(_ stores: StoreSet) async -> [Finding] {
        do {
            try await stores.migrator.check()
            try await stores.health.check()
            let admins = try await stores.users.users().filter { $0.role == .admin && !$0.isDisabled }
            return [
                .good("Database: it takes writes"),
                admins.isEmpty
                    ? .bad("Accounts: no administrator", advice: "Run: hub user add --role admin …")
                    : .good("Accounts: \(admins.count) administrator(s)"),
            ]
        } catch {
            return [.bad("Database: it does not take writes", advice: Self.advice(error))]
        }
    }

    /// A malformed secret has its own finding.
    private func vault(_ stores: StoreSet) async -> Finding {
        do {
            guard let key = try await VaultAccess.check(configuration, stores) else {
                return .good("Secrets: nothing is sealed yet")
            }
            return .good("Secrets: what is stored opens (\(key))")
        } catch let error as ConfigurationError {
            return .bad("Secrets: \(error.name) \(error.problem)", advice: "Accepted: \(error.accepted)")
        } catch {
            return .bad("Secrets: they cannot be looked at", advice: Self.advice(error))
        }
    }

    private static func advice(_ error: any Error) -> String {
        (error as? HubError)?.adviceForOperators ?? "The cause is \(type(of: error))."
    }
}
