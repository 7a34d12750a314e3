/// What a shop decides about routing.
package struct RoutingRules: Sendable, Equatable {
    package var weights: ChannelWeights
    /// Of the queue that everybody serves, and of teams without a policy of their own.
    package var standard: RoutingPolicy
    package var teams: [TeamID: RoutingPolicy]
    /// In whose queue a new case begins, by its channel; absent for the one that everybody serves.
    package var entrances: [Conversation.Channel: TeamID]
    /// How long an offer stands. Half a minute is enough to look up, and short enough for whoever waits.
    package var offerTime: Duration
    /// How long an agent may leave a customer without an answer before somebody else gets the conversation; nil for
    /// ever. Five minutes: longer than looking something up, shorter than a customer's patience.
    package var answerTime: Duration?
    /// How long an agent may be offline before their conversations are given to others. Beyond a lost network.
    package var dropGrace: Duration
    /// After how long one who stayed silent is asked again about the same conversation.
    package var silentPause: Duration

    package init(
        weights: ChannelWeights = ChannelWeights(),
        standard: RoutingPolicy = RoutingPolicy(),
        teams: [TeamID: RoutingPolicy] = [:],
        entrances: [Conversation.Channel: TeamID] = [:],
        offerTime: Duration = .seconds(30),
        answerTime: Duration? = .seconds(300),
        dropGrace: Duration = .seconds(60),
        silentPause: Duration = .seconds(300)
    ) {
        self.weights = weights
        self.standard = standard
        self.teams = teams
        self.entrances = entrances
        self.offerTime = offerTime
        self.answerTime = answerTime
        self.dropGrace = dropGrace
        self.silentPause = silentPause
    }

    package func policy(of team: TeamID?) -> RoutingPolicy { team.flatMap { teams[$0] } ?? standard }
}
