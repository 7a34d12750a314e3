package import Domain
package import Logging

/// Renews the keys of a store at Zid before they end, and when Zid refuses them.
///
/// One hub asks at a time, because a refresh token may be good for one time only. New keys are stored before anybody
/// uses them; every hub then takes them up as whatever an owner stores.
package struct ZidKeyRenewer: Sendable {
    private let desk: IntegrationDesk
    private let upkeep: any ZidUpkeepStore
    private let issuer: any ZidKeyIssuer
    private let bell: ZidRenewalBell
    private let rules: ZidUpkeepRules
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    /// Keys that are there and cannot be stored are held on to for so many seconds.
    private static let holdSeconds = 600

    package init(
        desk: IntegrationDesk,
        upkeep: any ZidUpkeepStore,
        issuer: any ZidKeyIssuer,
        bell: ZidRenewalBell,
        rules: ZidUpkeepRules,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.desk = desk
        self.upkeep = upkeep
        self.issuer = issuer
        self.bell = bell
        self.rules = rules
        self.now = now
        self.logger = logger
    }

    /// Renews the keys when that is due and nobody else is at it. Throws what the store throws.
    package func look() async throws {
        let wereRefused = bell.takeRefusal()
        guard let config = try await desk.stored(.zid), config.isEnabled, let life = ZidKeyLife(config) else {
            bell.looked(isHopeless: true)
            return
        }
        // Others have renewed them: this hub takes that up in a moment.
        guard desk.works(with: config.version, of: .zid) else { return bell.looked(isHopeless: false) }
        let (moment, rules, version) = (now(), rules, config.version)
        let due = life.renewal(wereRefused: wereRefused, rules)
        guard due <= moment else { return bell.looked(isHopeless: true) }
        let known = try await upkeep.upkeep(.keys)
        guard known.canBegin(version, due: due, at: moment) else {
            return bell.looked(isHopeless: !known.isHeld(at: moment))
        }
        let claim = try await upkeep.change(.keys) { upkeep in
            (ticket: upkeep.claim(version, due: due, at: moment, rules), isHeld: upkeep.isHeld(at: moment))
        }
        bell.looked(isHopeless: !claim.isHeld)
        guard let ticket = claim.ticket else { return }
        // What Zid gives is given once: neither a stop of the hub nor anything else ends it half-way.
        if await Task(operation: { await renew(version, ticket) }).value == false { bell.looked(isHopeless: true) }
    }

    /// Whether there are new keys.
    private func renew(_ version: Int64, _ ticket: Int64) async -> Bool {
        do {
            let basis = try await desk.basis(of: .zid)
            guard basis.version == version else {
                try await end(.dropped, ticket)
                return false
            }
            guard let grant = ZidGrant(basis.values) else {
                try await end(.never(.addressForbidden), ticket)
                return false
            }
            // Made before, so that nothing but the store stands between the answer and its being kept.
            let sealer = try await desk.vault.sealer()
            switch await issuer.exchange(grant) {
            case .keys(let keys):
                let stored = try await hold(keys, basis, sealer)
                logger.notice("the keys of Zid were renewed", metadata: ["version": "\(stored ?? version)"])
                try await end(.done(version: stored ?? version, mark: nil), ticket)
                return true
            case .no(let problem):
                logger.error(
                    "the keys of Zid cannot be renewed: see its integration", metadata: ["problem": "\(problem)"])
                try await end(.never(problem), ticket)
            case .later(let problem, let retryAfter, let mayHaveHappened):
                logger.warning("the keys of Zid were not renewed", metadata: ["problem": "\(problem)"])
                try await end(
                    .later(problem, retryAfter: retryAfter, mayHaveHappened: mayHaveHappened), ticket)
            }
        } catch {
            logger.warning("the renewal of Zid's keys waits", metadata: ["error": "\(error)"])
        }
        return false
    }

    /// Stores new keys, however long the store is away: nobody else has them. Nil when their owner has put others in
    /// place of all that were renewed.
    private func hold(
        _ keys: ZidNewKeys,
        _ basis: IntegrationBasis,
        _ sealer: any SecretSealer
    ) async throws -> Int64? {
        var held = 0
        while true {
            do {
                return try await desk.replace(keys.fields, of: basis, with: sealer, at: now())
            } catch {
                held += 1
                guard held < Self.holdSeconds else { throw error }
                if held == 1 {
                    logger.error(
                        "new keys of Zid cannot be stored and are held on to", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    private func end(_ end: ZidUpkeep.End, _ ticket: Int64) async throws {
        let (moment, rules) = (now(), rules)
        _ = try await upkeep.change(.keys) { $0.end(end, ticket: ticket, at: moment, rules) }
    }
}
