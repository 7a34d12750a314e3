/// Bounds of API tokens.
package struct APITokenLimits: Sendable, Equatable {
    /// The longest life, and the usual one. A year: a program that nobody looks after ends by itself.
    package var maxLifetime: Duration = .seconds(365 * 24 * 3600)
    /// Tokens of one member of staff that are live at once; one more is `conflict`.
    package var maxPerUser = 50

    package init() {}

    /// Throws `invalid` for an end that is past or too far away.
    package func expiry(asked: Timestamp?, at now: Timestamp) throws(HubError) -> Timestamp {
        let latest = now + maxLifetime
        guard let asked else { return latest }
        guard asked > now, asked <= latest else {
            let days = maxLifetime.milliseconds / 86_400_000
            throw .invalid([
                FieldProblem("/expires_at", "conflict", "must lie ahead, and at most \(days) days (HUB_API_TOKEN_S)")
            ])
        }
        return asked
    }
}
