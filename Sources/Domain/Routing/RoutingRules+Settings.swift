/// The rules as settings and teams say them.
extension RoutingRules {
    /// - Parameters:
    ///   - chosen: Values by the key of their setting; those that are absent have their default.
    ///   - teams: All there are.
    package init(settings chosen: [String: JSONValue], teams: [Team]) {
        func value(_ setting: ShopSetting) -> JSONValue { chosen[setting.key] ?? setting.standard }
        func number(_ setting: ShopSetting) -> Int64 { value(setting).integer ?? setting.standard.integer ?? 0 }
        let choice = value(.routingPolicy).string.flatMap(RoutingPolicy.Choice.init) ?? .manual
        let standard = RoutingPolicy(
            choice: choice,
            lastAgentFirst: value(.routingLastAgentFirst).bool ?? false,
            asksFirst: value(.routingAsksFirst).bool ?? false,
            takesBack: choice != .manual
        )
        let answer = number(.routingAnswerSeconds)
        // A team that is no more has no queue.
        func entrance(_ setting: ShopSetting) -> TeamID? {
            value(setting).string.flatMap(TeamID.init).flatMap { id in teams.contains { $0.id == id } ? id : nil }
        }
        var entrances: [Conversation.Channel: TeamID] = [:]
        for channel in Conversation.Channel.allCases { entrances[channel] = entrance(.routingTeam(of: channel)) }
        self.init(
            weights: ChannelWeights(
                web: Load(hundredths: number(.routingWebWeight)),
                whatsapp: Load(hundredths: number(.routingWhatsAppWeight))),
            standard: standard,
            teams: Dictionary(
                teams.compactMap { team in team.policy(over: standard).map { (team.id, $0) } },
                uniquingKeysWith: { $1 }),
            entrances: entrances,
            offerTime: .seconds(number(.routingOfferSeconds)),
            answerTime: answer == 0 ? nil : .seconds(answer),
            dropGrace: .seconds(number(.routingDropSeconds)),
            silentPause: .seconds(number(.routingSilentSeconds))
        )
    }
}

extension LifeRules {
    package init(settings chosen: [String: JSONValue]) {
        self.init(
            reopening: ReopeningRule(hours: chosen[ShopSetting.routingReopensHours.key]),
            beginsWithAssistant: chosen[ShopSetting.assistantAnswersFirst.key] == .bool(true))
    }
}

extension Team {
    /// Nil for a team that does as the shop does.
    fileprivate func policy(over standard: RoutingPolicy) -> RoutingPolicy? {
        guard routingPolicy != nil || lastAgentFirst != nil || asksFirst != nil else { return nil }
        let choice = routingPolicy ?? standard.choice
        return RoutingPolicy(
            choice: choice,
            lastAgentFirst: lastAgentFirst ?? standard.lastAgentFirst,
            asksFirst: asksFirst ?? standard.asksFirst,
            takesBack: choice != .manual
        )
    }
}
