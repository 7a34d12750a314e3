import Domain

/// What a turn reads of routing's own tables, in the order of `RoutingStatements.everything`.
struct RoutingRows {
    struct Signal {
        let id: Int64
        let room: RoomID
        let answeredBy: UserID?
    }

    let version: Int64
    let nextDeadline: Timestamp?
    let state: RoutingState
    let rules: RoutingRules
    let lifeRules: LifeRules
    let visibility: TeamVisibility
    let names: [UserID: String]
    let teamNames: [TeamID: String]
    private let staff: [(agent: RoutingAgent, isKnown: Bool)]
    private let presence: RoutingPresence

    init(_ rows: [[SQLRow]]) throws {
        guard var first = rows[0].first?.reader else { throw HubError.notMigrated }
        version = try first.integer()
        nextDeadline = try first.optionalMoment()
        let settings = try Self.settings(rows[1])
        let teams = try rows[2].map(TeamRow.read)
        rules = RoutingRules(settings: settings, teams: teams)
        lifeRules = LifeRules(settings: settings)
        visibility = settings[ShopSetting.routingVisibility.key]?.string.flatMap(TeamVisibility.init) ?? .everything
        teamNames = Dictionary(teams.map { ($0.id, $0.nameAr) }, uniquingKeysWith: { $1 })
        (staff, names) = try Self.staff(rows[3], teams)
        presence = RoutingPresence(
            try rows[4].map { row in
                var row = row.reader
                return (try row.text(UserID.init), try row.text(PresenceState.init))
            })
        let queues = try Self.queues(rows[5])
        state = RoutingState(
            agents: staff.filter(\.isKnown).map(\.agent),
            entries: try rows[6].map(Self.entry),
            offers: try rows[7].map(Self.offer),
            holdings: try rows[8].map(Self.holding),
            pointers: queues.pointers,
            pace: queues.pace
        )
    }

    func picture() -> RoutingPicture {
        RoutingPicture(
            version: version, nextDeadline: nextDeadline, state: state, rules: rules, visibility: visibility,
            names: names, teams: teams)
    }

    var teams: [UserID: Set<TeamID>] {
        Dictionary(staff.map { ($0.agent.id, $0.agent.teams) }, uniquingKeysWith: { $1 })
    }

    /// Everybody with an open account as they are now.
    func agents(at now: Timestamp) -> [RoutingAgent] {
        staff.compactMap { member in
            var agent = member.agent
            let state = presence[agent.id]
            // Whoever was never here is nobody's business.
            guard member.isKnown || state != .offline else { return nil }
            if agent.presence != state || !member.isKnown {
                agent.presence = state
                agent.presentSince = now
            }
            return agent
        }
    }

    func draft(of handover: RoutingHandover) -> Draft {
        let assignee: Assignee? =
            switch handover.target {
            case .agent(let agent): Assignee(.user(agent), name: names[agent] ?? agent.text)
            case .team(let team): Assignee(.team(team), name: teamNames[team] ?? team.text)
            case .assistant: .assistant
            case .nobody: nil
            }
        return Draft(
            author: .hub, mid: .owner(after: handover.expected), content: .assignment(to: assignee, epoch: 0),
            basis: WriteBasis(epoch: handover.expected))
    }

    // MARK: Reading

    static func signals(_ rows: [SQLRow]) throws -> [Signal] {
        try rows.map { row in
            var row = row.reader
            return Signal(
                id: try row.integer(), room: try row.text(RoomID.init), answeredBy: try row.optionalText(UserID.init))
        }
    }

    static func memories(_ rows: [SQLRow]) throws -> [RoomID: RoutingMemory] {
        var memories: [RoomID: RoutingMemory] = [:]
        for row in rows {
            var row = row.reader
            let room = try row.text(RoomID.init)
            let number = try row.integer()
            let name = try row.text(LifePhase.Name.init)
            let moment = try row.optionalMoment() ?? Timestamp(milliseconds: 0)
            let phase: LifePhase =
                switch name {
                case .queued: .queued
                case .bot: .bot
                case .open: .open
                case .waiting: .waiting
                case .snoozed: .snoozed(until: moment)
                case .resolved: .resolved(at: moment)
                }
            memories[room] = RoutingMemory(
                phase: phase, caseNumber: number, epoch: try row.integer(), resolvedAt: try row.optionalMoment())
        }
        return memories
    }

    private static func settings(_ rows: [SQLRow]) throws -> [String: JSONValue] {
        var settings: [String: JSONValue] = [:]
        for row in rows {
            var row = row.reader
            let key = try row.text()
            settings[key] = try row.optionalJSON()
        }
        return settings
    }

    private static func staff(
        _ rows: [SQLRow],
        _ teams: [Team]
    ) throws -> (agents: [(agent: RoutingAgent, isKnown: Bool)], names: [UserID: String]) {
        var teamsOf: [UserID: Set<TeamID>] = [:]
        var skillsOf: [UserID: Set<String>] = [:]
        for team in teams {
            for member in team.members {
                teamsOf[member, default: []].insert(team.id)
                skillsOf[member, default: []].formUnion(team.skills)
            }
        }
        var names: [UserID: String] = [:]
        let agents = try rows.map { row in
            var row = row.reader
            let id = try row.text(UserID.init)
            names[id] = try row.text()
            let capacity = try row.integer()
            let presence = try row.optionalText(PresenceState.init)
            let agent = RoutingAgent(
                id: id, teams: teamsOf[id] ?? [], skills: skillsOf[id] ?? [], presence: presence ?? .offline,
                presentSince: try row.optionalMoment() ?? Timestamp(milliseconds: 0),
                capacity: .conversations(capacity), lastAssignedAt: try row.optionalMoment())
            return (agent: agent, isKnown: presence != nil)
        }
        return (agents, names)
    }

    private static func queues(
        _ rows: [SQLRow]
    ) throws -> (pointers: [TeamID?: UserID], pace: [TeamID?: [Timestamp]]) {
        var pointers: [TeamID?: UserID] = [:]
        var pace: [TeamID?: [Timestamp]] = [:]
        for row in rows {
            var row = row.reader
            let team = TeamID(try row.text())
            pointers[team] = try row.optionalText(UserID.init)
            let moments = try row.json().array?.compactMap(\.integer) ?? []
            if !moments.isEmpty { pace[team] = moments.map(Timestamp.init(milliseconds:)) }
        }
        return (pointers, pace)
    }

    private static func entry(_ row: SQLRow) throws -> QueueEntry {
        var row = row.reader
        let room = try row.text(RoomID.init)
        let channel = try row.text(Conversation.Channel.init)
        let team = try row.optionalText(TeamID.init)
        let skills = Set(try row.texts())
        let enteredAt = try row.moment()
        let priority = try row.integer()
        let preferred = try row.optionalText(UserID.init)
        let declined = Set(try row.texts().compactMap(UserID.init))
        var silent: [UserID: Timestamp] = [:]
        for (id, moment) in try row.json().object ?? [:] {
            guard let user = UserID(id), let moment = moment.integer else { continue }
            silent[user] = Timestamp(milliseconds: moment)
        }
        return QueueEntry(
            room: room, channel: channel, team: team, skills: skills, enteredAt: enteredAt, priority: priority,
            preferred: preferred, declined: declined, silent: silent, epoch: try row.integer())
    }

    private static func offer(_ row: SQLRow) throws -> Offer {
        var row = row.reader
        let room = try row.text(RoomID.init)
        let agent = try row.text(UserID.init)
        let channel = try row.text(Conversation.Channel.init)
        let (madeAt, expiresAt) = (try row.moment(), try row.moment())
        guard let origin = Offer.Origin(json: try row.json(), room: room) else { throw row.unreadable }
        return Offer(
            room: room, agent: agent, channel: channel, madeAt: madeAt, expiresAt: expiresAt, origin: origin)
    }

    private static func holding(_ row: SQLRow) throws -> Holding {
        var row = row.reader
        return Holding(
            room: try row.text(RoomID.init), agent: try row.text(UserID.init),
            channel: try row.text(Conversation.Channel.init), team: try row.optionalText(TeamID.init),
            skills: Set(try row.texts()), priority: try row.integer(), epoch: try row.integer(),
            customerWaitsSince: try row.optionalMoment(), agentOwesSince: try row.optionalMoment())
    }
}
