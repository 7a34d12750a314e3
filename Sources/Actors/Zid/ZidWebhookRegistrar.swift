package import Domain
package import Logging

/// Has Zid tell this hub of orders: registers what is missing, and mends what leads elsewhere.
///
/// One hub does it at a time, and begins with what is registered already. What Zid is to show is made and stored here
/// when the owner has not chosen it.
package struct ZidWebhookRegistrar: Sendable {
    private let desk: IntegrationDesk
    private let upkeep: any ZidUpkeepStore
    private let connection: Live<ZidConnection?>
    private let address: String?
    private let rules: ZidUpkeepRules
    private let makeSecret: @Sendable () -> String
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    private static let login = ["webhook_id", "webhook_username", "webhook_password"]

    /// - Parameters:
    ///   - address: Of the webhook, without its secret part; nil without `PUBLIC_URL`.
    ///   - makeSecret: Random letters, digits, `-` and `_`, which nobody can guess.
    package init(
        desk: IntegrationDesk,
        upkeep: any ZidUpkeepStore,
        connection: Live<ZidConnection?>,
        address: String?,
        rules: ZidUpkeepRules,
        makeSecret: @escaping @Sendable () -> String,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.desk = desk
        self.upkeep = upkeep
        self.connection = connection
        self.address = address
        self.rules = rules
        self.makeSecret = makeSecret
        self.now = now
        self.logger = logger
    }

    /// Looks at what is registered when that is due and nobody else is at it. Throws what the store throws.
    package func look() async throws {
        guard let connection = connection.now else { return }
        let stored = try await desk.stored(.zid)
        guard stored?.isEnabled ?? true else { return }
        // Zid is told of an address when this hub opens at it.
        guard desk.works(with: stored?.version ?? 0, of: .zid) else { return }
        let api = stored?.values["api_url"] ?? desk.environment[.zid]?["api_url"]
        guard ZidWebhookPlan.target(address, secret: "", api: api) != nil else { return }
        guard let config = stored, config.hasLogin else { return try await makeLogin() }
        let (moment, rules, version, login) = (now(), rules, config.version, config.webhookLogin)
        let mark = "\(login) \(address ?? "")"
        let known = try await upkeep.upkeep(.webhooks)
        let due = known.webhooksDue(version, mark, rules, at: moment)
        guard known.canBegin(version, due: due, at: moment) else { return }
        let ticket = try await upkeep.change(.webhooks) { $0.claim(version, due: due, at: moment, rules) }
        guard let ticket else { return }
        let basis = try await desk.basis(of: .zid)
        guard basis.version == version, let wish = wish(basis) else { return try await end(.dropped, ticket) }
        let isLoginNew = known.mark.map { !$0.hasPrefix("\(login) ") } ?? false
        try await end(register(wish, isLoginNew, .done(version: version, mark: mark), at: connection.shop), ticket)
    }

    /// What the owner has not chosen.
    private func makeLogin() async throws {
        let basis = try await desk.basis(of: .zid)
        let made = ["webhook_id": makeSecret(), "webhook_username": "zid", "webhook_password": makeSecret()]
        let missing = made.filter { basis.stored[$0.key] == nil }
        _ = try await desk.replace(missing, of: basis, with: desk.vault.sealer(), at: now())
    }

    private func wish(_ basis: IntegrationBasis) -> ZidWebhookPlan.Wish? {
        let login = Self.login.compactMap { basis.values[$0] }
        guard login.count == Self.login.count, let config = basis.config,
            let target = ZidWebhookPlan.target(address, secret: login[0], api: basis.values["api_url"])
        else { return nil }
        return ZidWebhookPlan.Wish(target: target, user: login[1], password: login[2], owner: config.id)
    }

    private func register(
        _ wish: ZidWebhookPlan.Wish,
        _ isLoginNew: Bool,
        _ done: ZidUpkeep.End,
        at shop: any ZidShop
    ) async -> ZidUpkeep.End {
        do throws(ZidFailure) {
            let listed = try await shop.webhooks()
            let plan = ZidWebhookPlan(wish, listed: listed, isLoginNew: isLoginNew, at: now())
            guard !plan.isEmpty else { return done }
            for number in plan.removals { try await shop.removeWebhooks(number) }
            for registration in plan.registrations { try await register(registration, at: shop) }
            // What Zid says is there counts, and not what it said to us.
            let after = try await shop.webhooks()
            guard ZidWebhookPlan(wish, listed: after, isLoginNew: false, at: now()).isEmpty else {
                return failed(.rejected(0))
            }
            logger.notice(
                "webhooks were registered at Zid",
                metadata: ["registered": "\(plan.registrations.count)", "removed": "\(plan.removals.count)"])
            return done
        } catch {
            return failed(error)
        }
    }

    private func register(_ registration: ZidRegistration, at shop: any ZidShop) async throws(ZidFailure) {
        do {
            try await shop.register(registration)
        } catch .rejected(409), .rejected(422) {
            // It says that it is there already.
        }
    }

    private func failed(_ failure: ZidFailure) -> ZidUpkeep.End {
        logger.warning("webhooks are not registered at Zid", metadata: ["problem": "\(failure)"])
        return switch failure {
        // Somebody may grant the right at Zid, and store nothing here.
        case .refused: .later(.noRight, retryAfter: rules.webhookInterval, mayHaveHappened: false)
        case .rejected: .later(.rejected, retryAfter: rules.webhookInterval, mayHaveHappened: false)
        case .limited(let pause): .later(.limited, retryAfter: pause, mayHaveHappened: false)
        case .unreachable: .later(.unreachable, retryAfter: nil, mayHaveHappened: false)
        }
    }

    private func end(_ end: ZidUpkeep.End, _ ticket: Int64) async throws {
        let (moment, rules) = (now(), rules)
        _ = try await upkeep.change(.webhooks) { $0.end(end, ticket: ticket, at: moment, rules) }
    }
}

extension IntegrationConfig {
    fileprivate var hasLogin: Bool {
        secrets["webhook_id"] != nil && values["webhook_username"] != nil && secrets["webhook_password"] != nil
    }

    /// Another one when Zid has to show another name or password; no word with a space, and no secret.
    fileprivate var webhookLogin: String {
        let changes = ["webhook_id", "webhook_password"].map { secrets[$0]?.changedAt.milliseconds ?? 0 }
        return "\(changes[0]).\(changes[1]).\(PercentEncoding.encode(values["webhook_username"] ?? ""))"
    }
}
