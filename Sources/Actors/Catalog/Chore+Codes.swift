package import Domain

extension Chore {
    /// Ends reservations that are over, and takes out codes that expired unsold.
    package static func settleCodes(
        _ codes: any CodeStore,
        _ limits: CodeLimits,
        now: @escaping @Sendable () -> Timestamp
    ) -> Chore {
        Chore("settle codes", every: limits.settleInterval) {
            _ = try await codes.settle(at: now())
            return false
        }
    }

    /// Clears away what broken imports left.
    package static func cleanImports(
        _ imports: any CodeImportStore,
        _ limits: CodeLimits,
        now: @escaping @Sendable () -> Timestamp
    ) -> Chore {
        Chore("clean imports of codes", every: limits.settleInterval) {
            let moment = now()
            try await imports.clean(silentSince: moment - limits.importSilence, at: moment)
            return false
        }
    }
}
