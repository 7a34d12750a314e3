package import Domain
package import Logging

/// Knows how everything stands that the hub depends on.
///
/// Whoever asks while the checks run gets their result, and whoever asks soon after gets the last one: so many
/// curious members of staff are one visitor to a service.
package actor StatusBoard {
    private let checks: [any StatusCheck]
    private let audit: any AuditLog
    private let interval: Duration
    private let checkRun: CheckRun
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    private var last: (at: Timestamp, reports: [StatusReport])?
    private var running: Task<[StatusReport], Never>?

    /// - Parameters:
    ///   - interval: How long a result is good.
    ///   - timeout: For each check; all run at once.
    package init(
        _ checks: [any StatusCheck],
        audit: any AuditLog,
        interval: Duration,
        timeout: Duration,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.checks = checks
        self.audit = audit
        self.interval = interval
        checkRun = CheckRun(timeout: timeout, now: now)
        self.now = now
        self.logger = logger
    }

    /// In the order of the checks.
    ///
    /// - Parameter actor: Who asks; written down with what a new run finds.
    package func reports(for actor: AuditActor) async -> [StatusReport] {
        if let last, now() - last.at < interval { return last.reports }
        if let running { return await running.value }
        let run = Task { await self.run(for: actor) }
        running = run
        let reports = await run.value
        // Whoever joined the run leaves this to who began it.
        last = (now(), reports)
        running = nil
        return reports
    }

    private nonisolated func run(for actor: AuditActor) async -> [StatusReport] {
        let reports = await withTaskGroup(of: (Int, StatusReport).self) { group in
            for (place, check) in checks.enumerated() {
                group.addTask { (place, await self.checkRun.report(of: check)) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        let events = zip(checks, reports).filter { check, _ in check.isIntegration }.map { $1.event }
        do {
            try await audit.record(events, by: actor, at: now())
        } catch {
            // With the database away the status is all the more wanted.
            logger.warning("checks of integrations could not be written down", metadata: ["error": "\(error)"])
        }
        return reports
    }
}
