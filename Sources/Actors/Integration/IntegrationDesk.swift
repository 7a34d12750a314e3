package import Domain

/// How outside services are connected: for owners who look, change and test, and for what uses the services.
package struct IntegrationDesk: Sendable {
    let store: any IntegrationStore
    let vault: any SecretVault
    /// What the environment says, by service and field; used where nothing is stored.
    let environment: [IntegrationType: [String: String]]
    private let checks: any IntegrationChecks
    /// The versions that this hub works with.
    let used = Replaceable<[IntegrationType: Int64]>([:])
    /// Rings when something was stored here.
    let bell = WakeUps()
    private let checkRun: CheckRun
    private let traffic: any TrafficStore
    private let upkeep: any IntegrationUpkeep

    /// What was sent so long ago counts no more.
    private static let sendsWithin = Duration.seconds(3600)

    /// - Parameters:
    ///   - upkeep: How what the hub keeps up by itself stands.
    ///   - timeout: Of a test.
    package init(
        store: any IntegrationStore,
        vault: any SecretVault,
        environment: [IntegrationType: [String: String]],
        checks: any IntegrationChecks,
        traffic: any TrafficStore,
        upkeep: any IntegrationUpkeep = NoUpkeep(),
        timeout: Duration,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.vault = vault
        self.environment = environment
        self.checks = checks
        self.traffic = traffic
        self.upkeep = upkeep
        checkRun = CheckRun(timeout: timeout, now: now)
    }

    // MARK: Looking

    package func views() async throws -> [IntegrationView] {
        let (stored, sends) = (try await store.configs(), try await sends())
        var views: [IntegrationView] = []
        for type in IntegrationType.allCases {
            views.append(try await view(of: type, stored.first { $0.type == type }, sends))
        }
        return views
    }

    package func view(of type: IntegrationType) async throws -> IntegrationView {
        try await view(of: type, store.config(type), sends())
    }

    private func view(
        of type: IntegrationType,
        _ stored: IntegrationConfig?,
        _ sends: [OutboxChannel: ChannelSends]
    ) async throws -> IntegrationView {
        let values = try await values(of: type, stored)
        return IntegrationView(
            values, stored: stored, used: used.now[type] ?? 0,
            tests: try await store.tests(of: type, limit: HealthScore.maxFindings),
            sends: type.channel.map { sends[$0] ?? ChannelSends() },
            upkeep: try await upkeep.notes(values, config: stored))
    }

    private func sends() async throws -> [OutboxChannel: ChannelSends] {
        try await traffic.sends(since: checkRun.now() - Self.sendsWithin)
    }

    /// What a client of the service is made from, of which something may be missing; nil when it is turned off.
    package func values(of type: IntegrationType) async throws -> IntegrationValues? {
        let stored = try await store.config(type)
        guard stored?.isEnabled ?? true else { return nil }
        return try await values(of: type, stored)
    }

    private func values(of type: IntegrationType, _ stored: IntegrationConfig?) async throws -> IntegrationValues {
        IntegrationValues(type, stored: try await opened(stored), environment: environment[type] ?? [:])
    }

    /// What is stored, by field, in clear.
    func opened(_ stored: IntegrationConfig?) async throws -> [String: String] {
        var known = stored?.values ?? [:]
        if let stored {
            for (field, secret) in stored.secrets {
                known[field] = try await vault.open(secret.sealed, at: stored.place(of: field))
            }
        }
        return known
    }

    /// The newest first.
    package func tests(of type: IntegrationType, limit: Int) async throws -> [IntegrationTest] {
        try await store.tests(of: type, limit: limit)
    }

    /// Whose configuration it is; nil for nobody's.
    package func type(of id: IntegrationID) async throws -> IntegrationType? {
        try await store.configs().first { $0.id == id }?.type
    }

    // MARK: Taking up

    /// The services of which something else is stored than what this hub works with.
    func changed() async throws -> [IntegrationType] {
        let (stored, used) = (try await store.versions(), used.now)
        return IntegrationType.allCases.filter { stored[$0] ?? 0 != used[$0] ?? 0 }
    }

    /// Hands what is stored to whoever works with it; nil for a service that is turned off.
    ///
    /// Throws what the store and the keeper of keys throw: then the hub goes on with what it has.
    package func takeUp(_ type: IntegrationType, _ take: (IntegrationValues?) async -> Void) async throws {
        let stored = try await store.config(type)
        let values = try await values(of: type, stored)
        await take(stored?.isEnabled ?? true ? values : nil)
        used.change { $0[type] = stored?.version ?? 0 }
    }

    // MARK: Changing

    /// Keeps all values of a service. Throws `invalid` and `stale`.
    ///
    /// All its secrets are sealed anew under one fresh data key, also those that stay as they are.
    package func keep(
        _ edit: IntegrationEdit,
        for type: IntegrationType,
        isEnabled: Bool,
        expected: Int64?,
        _ writing: Writing<IntegrationConfig>
    ) async throws -> IntegrationView {
        let sealer = try await vault.sealer()
        defer { bell.wake() }
        let stored = try await store.keep(type, expected: expected, writing) { config in
            config.isEnabled = isEnabled
            for field in type.fields {
                switch edit.changes[field.name] ?? .keep {
                case .keep: break
                case .clear:
                    config.values[field.name] = nil
                    config.secrets[field.name] = nil
                case .set(let value) where field.isSecret:
                    config.secrets[field.name] = IntegrationConfig.KeptSecret(
                        sealed: try sealer.seal(value, at: config.place(of: field.name)), changedAt: writing.at)
                case .set(let value):
                    config.values[field.name] = value
                }
            }
        }
        return try await view(of: type, stored, sends())
    }

    /// Keeps a secret that a service has given in place of the one it was shown.
    package func renew(_ field: String, of type: IntegrationType, to secret: String, at moment: Timestamp) async throws
    {
        let sealer = try await vault.sealer()
        defer { bell.wake() }
        _ = try await store.keep(type, expected: nil, Writing(by: .system, at: moment)) { config in
            config.secrets[field] = IntegrationConfig.KeptSecret(
                sealed: try sealer.seal(secret, at: config.place(of: field)), changedAt: moment)
        }
    }

    // MARK: Testing

    /// Tests what is kept, or what an owner is about to keep, and writes down what was found.
    package func test(
        _ type: IntegrationType,
        trying edit: IntegrationEdit?,
        _ trigger: IntegrationTest.Trigger,
        by actor: AuditActor
    ) async throws -> IntegrationTest {
        let stored = try await store.config(type)
        var values = try await values(of: type, stored)
        if let edit { values = values.trying(edit, environment: environment[type] ?? [:]) }
        let upkeep = edit == nil ? try await troubles(values, stored) : nil
        let report = await report(of: values)
        let finding = report.finding.with(upkeep)
        let test = IntegrationTest(
            id: .make(at: report.checkedAt), type: type, config: edit == nil ? stored?.id : nil, trigger: trigger,
            finding: finding, latency: report.latency, at: report.checkedAt, by: actor)
        try await store.record(test)
        return test
    }

    /// How the service is found now, for the status of the system. Nothing of it is kept.
    package func find(_ type: IntegrationType) async throws -> StatusFinding {
        let stored = try await store.config(type)
        guard stored?.isEnabled ?? true else { return .turnedOff }
        let values = try await values(of: type, stored)
        if let lack = values.lack { return lack }
        let upkeep = try await troubles(values, stored)
        return await checks.check(values).find().with(upkeep)
    }

    /// What does not work until somebody does something; nil when there is no such thing.
    private func troubles(_ values: IntegrationValues, _ stored: IntegrationConfig?) async throws -> StatusFinding? {
        try await upkeep.notes(values, config: stored).lazy.compactMap(\.finding).first
    }

    /// Nothing is asked when something is missing.
    private func report(of values: IntegrationValues) async -> StatusReport {
        if let finding = values.lack {
            return StatusReport(
                name: values.type.rawValue, finding: finding, latency: .zero, checkedAt: checkRun.now())
        }
        return await checkRun.report(of: checks.check(values))
    }
}

extension StatusFinding {
    /// A service that works is found as badly as what the hub cannot keep up there.
    fileprivate func with(_ upkeep: StatusFinding?) -> StatusFinding {
        guard outcome == .ok, let upkeep else { return self }
        return upkeep
    }

    fileprivate static let turnedOff = StatusFinding(
        .notConfigured, StatusMessage(ar: "موقوف من الإعدادات", en: "Turned off in the settings."))
}

extension IntegrationValues {
    /// What is missing, in words; nil when nothing is.
    fileprivate var lack: StatusFinding? {
        let fields = missing.compactMap(type.field)
        guard !fields.isEmpty else { return nil }
        let ar = fields.map(\.label.ar).joined(separator: "، ")
        let en = fields.map(\.name).joined(separator: ", ")
        let variables = fields.compactMap(\.variable)
        let or = variables.isEmpty ? "" : " (\(variables.joined(separator: ", ")))"
        return isTouched
            ? StatusFinding(.badConfig, StatusMessage(ar: "ينقص: \(ar)\(or)", en: "Missing: \(en)\(or)."))
            : StatusFinding(
                .notConfigured, StatusMessage(ar: "غير مُعدّ: أضف \(ar)\(or)", en: "Not configured: set \(en)\(or)."))
    }
}
