package import Domain
package import Logging
import ServiceLifecycle

/// Keeps time for codes: ends reservations, takes out what expired, and clears away what broken imports left.
///
/// Every hub may do it: the rows are locked, and what is done already is not done again.
package struct CodeKeeper: Service {
    private let codes: any CodeStore
    private let imports: any CodeImportStore
    private let limits: CodeLimits
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    package init(
        codes: any CodeStore,
        imports: any CodeImportStore,
        limits: CodeLimits,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.codes = codes
        self.imports = imports
        self.limits = limits
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await keep() }
    }

    private func keep() async {
        while !Task.isCancelled {
            do {
                let moment = now()
                try await imports.clean(silentSince: moment - limits.importSilence, at: moment)
                _ = try await codes.settle(at: moment)
            } catch {
                logger.debug("the store is away; codes are settled later", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: limits.settleInterval)
        }
    }
}
