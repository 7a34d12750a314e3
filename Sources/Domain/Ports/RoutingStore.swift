/// Queues, offers and who is present, durable and shared by all hubs.
///
/// Any hub may take a turn at any time: a lock lets one at a time, and the rows say what there is to do. Every method
/// throws `HubError` as `RoomStore` does.
package protocol RoutingStore: Sendable {
    /// Takes in what changed, grants the wish if it can be granted, and gives away what somebody has room for: one
    /// transaction, which also writes what it decided into the logs of the conversations.
    ///
    /// - Parameters:
    ///   - note: For colleagues, into the side room.
    ///   - actor: Whose wish is written down in the audit log; nil for wishes that are everyday work.
    ///   - door: Whether the assistant meets new cases.
    func takeTurn(
        _ wish: RoutingWish?,
        note: (author: Participant, text: String)?,
        auditedFor actor: AuditActor?,
        door: AssistantDoor,
        at moment: Timestamp
    ) async throws -> RoutingTurnResult

    /// Whether there is something to do, in one cheap look.
    func glance() async throws -> RoutingGlance

    /// Everything as it is, without a turn.
    func picture() async throws -> RoutingPicture

    /// Says that this hub lives, and how those of its people are who changed. Forgets hubs that were not heard of for
    /// `lifetime`, and everybody on them.
    ///
    /// - Returns: Whether somebody elsewhere was forgotten; and whether this hub was, so that it must tell of all its
    ///   people again.
    func beat(
        of hub: String,
        _ changed: [UserID: PresenceState],
        at moment: Timestamp,
        lifetime: Duration
    ) async throws -> (forgotOthers: Bool, wasForgotten: Bool)
}

extension RoutingStore {
    /// Where the assistant meets every new case that the settings give it.
    package func takeTurn(
        _ wish: RoutingWish?,
        note: (author: Participant, text: String)?,
        auditedFor actor: AuditActor?,
        at moment: Timestamp
    ) async throws -> RoutingTurnResult {
        try await takeTurn(wish, note: note, auditedFor: actor, door: AssistantDoor(), at: moment)
    }
}

package struct RoutingGlance: Sendable, Equatable {
    package let version: Int64
    package let nextDeadline: Timestamp?
    /// Whether conversations changed that no turn has looked at.
    package let hasSignals: Bool

    package init(version: Int64, nextDeadline: Timestamp?, hasSignals: Bool) {
        self.version = version
        self.nextDeadline = nextDeadline
        self.hasSignals = hasSignals
    }
}

/// Routing as it is at a moment, with the names of those concerned.
package struct RoutingPicture: Sendable {
    package var version: Int64
    package var nextDeadline: Timestamp?
    package var state: RoutingState
    package var rules: RoutingRules
    package var visibility: TeamVisibility
    package var names: [UserID: String]
    /// The teams of everybody with an open account.
    package var teams: [UserID: Set<TeamID>]

    package init(
        version: Int64 = 0,
        nextDeadline: Timestamp? = nil,
        state: RoutingState = RoutingState(),
        rules: RoutingRules = RoutingRules(standard: .byHand),
        visibility: TeamVisibility = .everything,
        names: [UserID: String] = [:],
        teams: [UserID: Set<TeamID>] = [:]
    ) {
        self.version = version
        self.nextDeadline = nextDeadline
        self.state = state
        self.rules = rules
        self.visibility = visibility
        self.names = names
        self.teams = teams
    }
}

package struct RoutingTurnResult: Sendable {
    package let picture: RoutingPicture
    package let effects: [RoutingEffect]
    /// Where logs reach now that were written to.
    package let heads: [RoomID: SequenceNumber]
    /// Why the wish was not granted.
    package let refusal: HubError?

    package init(
        picture: RoutingPicture,
        effects: [RoutingEffect],
        heads: [RoomID: SequenceNumber],
        refusal: HubError?
    ) {
        self.picture = picture
        self.effects = effects
        self.heads = heads
        self.refusal = refusal
    }
}
