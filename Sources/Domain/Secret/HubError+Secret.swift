extension HubError {
    /// Altered, moved, or sealed by another key under the same name: which of them is not told.
    package static let cannotOpenSecret = HubError(.internal, "A stored secret cannot be opened.")

    package static func keyNotAvailable(_ key: KeyName) -> HubError {
        HubError(
            .internal,
            "A stored secret was sealed by the key \(key), which this hub does not have. See: hub keys status"
        )
    }

    /// Whoever keeps the keys outside of the hub cannot be asked, or refuses the hub.
    ///
    /// - Parameters:
    ///   - keeper: As people call it.
    ///   - problem: Completes the sentence, and says what to do; no secret, and nothing that the keeper wrote.
    package static func keeperAway(
        _ keeper: String,
        _ problem: String,
        retryAfter: Duration = .seconds(2)
    ) -> HubError {
        HubError(.unavailable, "\(keeperMark)\(keeper) \(problem)", retryAfter: retryAfter)
    }

    /// Whether it is the keeper of the keys that is away, and not the store.
    package var isOfKeeper: Bool { code == .unavailable && message.hasPrefix(Self.keeperMark) }

    private static let keeperMark = "The keeper of the keys: "
}
