/// What a room that serves a customer knows beside its log.
package struct Conversation: Sendable, Equatable {
    package enum Channel: String, Sendable, CaseIterable {
        case web, whatsapp
    }

    /// Whom it serves, which says through what.
    package enum Customer: Sendable, Hashable {
        case visitor(VisitorID)
        case whatsapp(WhatsAppIdentityID)
    }

    package let side: RoomID
    package let customer: Customer
    package var state: ConversationState
    package var snoozedUntil: Timestamp?
    package var assignee: Assignee?
    /// Changes of owner so far.
    package var epoch: Int64
    /// Messages of the customer that no member of staff has read.
    package var unread: Int64
    /// Since when the customer waits for an answer.
    package var waitingSince: Timestamp?
    /// Whose conversation it is, also while one of the team has it; nil for everybody's.
    package var team: TeamID?
    /// The agent who had it last, also while nobody has it.
    package var lastAgent: UserID?
    /// When it was resolved last; nil if that never happened, or if staff took it up again.
    package var resolvedAt: Timestamp?
    /// When the customer wrote last, by the clock of the provider; nil without a provider.
    package var heardAt: Timestamp?

    package init(
        side: RoomID,
        customer: Customer,
        state: ConversationState = .open,
        snoozedUntil: Timestamp? = nil,
        assignee: Assignee? = nil,
        epoch: Int64 = 0,
        unread: Int64 = 0,
        waitingSince: Timestamp? = nil,
        team: TeamID? = nil,
        lastAgent: UserID? = nil,
        resolvedAt: Timestamp? = nil,
        heardAt: Timestamp? = nil
    ) {
        self.side = side
        self.customer = customer
        self.state = state
        self.snoozedUntil = snoozedUntil
        self.assignee = assignee
        self.epoch = epoch
        self.unread = unread
        self.waitingSince = waitingSince
        self.heardAt = heardAt
        self.team = team
        self.lastAgent = lastAgent
        self.resolvedAt = resolvedAt
    }

    /// Hands it on. Whoever takes it takes it for their team; what nobody has is everybody's.
    package mutating func hand(to assignee: Assignee?, epoch: Int64) {
        self.assignee = assignee
        self.epoch = epoch
        switch assignee?.reference {
        case .user(let agent): lastAgent = agent
        case .team(let team): self.team = team
        // Whoever gets it from the assistant gets it of the same team.
        case .assistant: break
        case nil: team = nil
        }
    }

    /// Whether the assistant answers it.
    package var isAssistants: Bool { assignee?.reference == .assistant }

    package var channel: Channel {
        switch customer {
        case .visitor: .web
        case .whatsapp: .whatsapp
        }
    }

    /// How long the customer may be written to freely; nil where that does not end.
    package var window: ServiceWindow? {
        switch channel {
        case .web: nil
        case .whatsapp: ServiceWindow(lastInboundAt: heardAt)
        }
    }
}
