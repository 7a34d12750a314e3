import Domain
import HubTestKit

/// Agents and customers that tests of routing are made of.
enum RoutingSamples {
    static let start = Samples.start
    static let sales = TeamID.sample(1)
    static let support = TeamID.sample(2)

    static func at(_ seconds: Int) -> Timestamp { start + .seconds(seconds) }

    static func agent(
        _ number: Int,
        _ presence: PresenceState = .online,
        since: Int = -1000,
        teams: Set<TeamID> = [sales],
        skills: Set<String> = [],
        capacity: Load = .conversations(2),
        lastAssigned: Int? = nil
    ) -> RoutingAgent {
        RoutingAgent(
            id: .sample(number), teams: teams, skills: skills, presence: presence, presentSince: at(since),
            capacity: capacity, lastAssignedAt: lastAssigned.map(at))
    }

    static func entry(
        _ number: Int,
        _ channel: Conversation.Channel = .web,
        team: TeamID? = sales,
        skills: Set<String> = [],
        entered: Int = -100,
        priority: Int64 = 0,
        preferred: Int? = nil,
        declined: Set<UserID> = [],
        silent: [UserID: Timestamp] = [:]
    ) -> QueueEntry {
        QueueEntry(
            room: .sample(number), channel: channel, team: team, skills: skills, enteredAt: at(entered),
            priority: priority, preferred: preferred.map { .sample($0) }, declined: declined, silent: silent, epoch: 0)
    }

    static func holding(
        _ number: Int,
        _ agent: Int,
        _ channel: Conversation.Channel = .web,
        waits: Int? = nil
    ) -> Holding {
        Holding(
            room: .sample(number), agent: .sample(agent), channel: channel, team: sales, epoch: 1,
            customerWaitsSince: waits.map(at), agentOwesSince: waits.map(at))
    }

    static func rules(
        _ choice: RoutingPolicy.Choice,
        lastAgentFirst: Bool = false,
        asksFirst: Bool = false,
        weights: ChannelWeights = ChannelWeights()
    ) -> RoutingRules {
        RoutingRules(
            weights: weights,
            standard: RoutingPolicy(choice: choice, lastAgentFirst: lastAgentFirst, asksFirst: asksFirst))
    }
}
