/// Merges what each hub says of who is connected to it.
package struct RoutingPresence: Sendable, Equatable {
    private var best: [UserID: PresenceState] = [:]

    /// - Parameter seen: What hubs that are alive say.
    package init(_ seen: [(user: UserID, state: PresenceState)]) {
        for (user, state) in seen {
            let known = best[user] ?? .offline
            best[user] = state.rank > known.rank ? state : known
        }
    }

    package subscript(_ user: UserID) -> PresenceState { best[user] ?? .offline }
}
