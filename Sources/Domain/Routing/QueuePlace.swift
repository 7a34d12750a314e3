/// Where a waiting customer stands, and why they wait.
package struct QueuePlace: Sendable, Equatable {
    /// For staff: what would help.
    package enum Reason: String, Sendable, CaseIterable {
        /// An agent is being asked.
        case offered
        /// The team takes from its queue by hand.
        case byHand = "by_hand"
        /// Nobody of the team is online.
        case nobodyHere = "nobody_here"
        /// Nobody online has the skills.
        case skillMissing = "skill_missing"
        /// Everybody who could take it declined, or stayed silent lately.
        case allPassed = "all_passed"
        /// Everybody else has as much as they can take.
        case allFull = "all_full"
        /// Somebody can take it: the next pass gives it away.
        case ready
    }

    package let room: RoomID
    package let team: TeamID?
    /// 1 is next.
    package let position: Int
    package let estimate: WaitingEstimate
    package let reason: Reason
}

extension RoutingState {
    /// Everybody who waits, team by team in the order in which they are served.
    package func places(_ rules: RoutingRules, at now: Timestamp) -> [QueuePlace] {
        let loads = loads(rules.weights)
        var positions: [TeamID?: Int] = [:]
        return entries.values.sorted { $0.isBefore($1) }.map { entry in
            positions[entry.team, default: 0] += 1
            let position = positions[entry.team] ?? 1
            let online = agents.values.filter { $0.takesNew && $0.isIn(entry.team) }
            let estimate =
                online.isEmpty
                ? .unknown : WaitingEstimate(position: position, pace: pace[entry.team] ?? [], at: now)
            return QueuePlace(
                room: entry.room, team: entry.team, position: position, estimate: estimate,
                reason: reason(of: entry, online, loads, rules, at: now))
        }
    }

    private func reason(
        of entry: QueueEntry,
        _ online: [RoutingAgent],
        _ loads: [UserID: Load],
        _ rules: RoutingRules,
        at now: Timestamp
    ) -> QueuePlace.Reason {
        guard offers[entry.room] == nil else { return .offered }
        let policy = rules.policy(of: entry.team)
        let willing = online.filter { $0.isFit(for: entry) && !entry.wasPassed(by: $0.id, at: now, rules) }
        let able = willing.filter { (loads[$0.id] ?? .none) + rules.weights[entry.channel] <= $0.capacity }
        let isSticky = policy.lastAgentFirst && able.contains { $0.id == entry.preferred }
        if policy.choice == .manual, !isSticky { return .byHand }
        if online.isEmpty { return .nobodyHere }
        if !online.contains(where: { $0.isFit(for: entry) }) { return .skillMissing }
        if willing.isEmpty { return .allPassed }
        return able.isEmpty ? .allFull : .ready
    }
}
