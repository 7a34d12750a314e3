import Domain

/// What a turn writes: the rows that differ, and no others.
extension RoutingStatements {
    static func changes(from old: RoutingState, to new: RoutingState) -> [SQLStatement] {
        let teams = Set(new.pointers.keys).union(new.pace.keys).filter { team in
            old.pointers[team] != new.pointers[team] || old.pace[team] != new.pace[team]
        }
        let queues = teams.map { queue($0, new) }.sorted { $0[0].sortText < $1[0].sortText }
        let bulks: [(SQLBulk, [[SQLValue]])] = [
            (remove("routing_agents", "user_id"), removed(old.agents, new.agents).map { [.id($0)] }),
            (putAgents, changed(old.agents, new.agents).map(agent)),
            (putQueues, queues),
            (remove("routing_entries", "room_id"), removed(old.entries, new.entries).map { [.id($0)] }),
            (putEntries, changed(old.entries, new.entries).map(entry)),
            (remove("routing_offers", "room_id"), removed(old.offers, new.offers).map { [.id($0)] }),
            (putOffers, changed(old.offers, new.offers).map(offer)),
            (remove("routing_holdings", "room_id"), removed(old.holdings, new.holdings).map { [.id($0)] }),
            (putHoldings, changed(old.holdings, new.holdings).map(holding)),
        ]
        return bulks.compactMap { bulk, rows in rows.isEmpty ? nil : bulk.over(rows) }
    }

    static func remember(_ memories: [RoomID: RoutingMemory]) -> [SQLStatement] {
        guard !memories.isEmpty else { return [] }
        let rows: [[SQLValue]] = memories.sorted { $0.key < $1.key }.map { room, memory in
            let moment: Timestamp? =
                switch memory.phase {
                case .snoozed(let until): until
                case .resolved(let at): at
                case .queued, .bot, .open, .waiting: nil
                }
            return [
                .id(room), .integer(memory.caseNumber), .text(memory.phase.name.rawValue), .optional(moment),
                .integer(memory.epoch), .optional(memory.resolvedAt),
            ]
        }
        return [putCases.over(rows)]
    }

    private static func removed<Key: Hashable & Comparable, Value>(
        _ old: [Key: Value],
        _ new: [Key: Value]
    ) -> [Key] {
        old.keys.filter { new[$0] == nil }.sorted()
    }

    private static func changed<Key: Hashable & Comparable, Value: Equatable>(
        _ old: [Key: Value],
        _ new: [Key: Value]
    ) -> [Value] {
        new.filter { old[$0.key] != $0.value }.sorted { $0.key < $1.key }.map(\.value)
    }

    // MARK: Rows

    private static func agent(_ agent: RoutingAgent) -> [SQLValue] {
        [
            .id(agent.id), .text(agent.presence.rawValue), .moment(agent.presentSince),
            .optional(agent.lastAssignedAt),
        ]
    }

    private static func queue(_ team: TeamID?, _ state: RoutingState) -> [SQLValue] {
        [
            .text(team?.text ?? ""), .optional(state.pointers[team]?.text),
            .json(.array((state.pace[team] ?? []).map { .integer($0.milliseconds) })),
        ]
    }

    private static func entry(_ entry: QueueEntry) -> [SQLValue] {
        let silent = Dictionary(
            entry.silent.map { ($0.key.text, JSONValue.integer($0.value.milliseconds)) }, uniquingKeysWith: { $1 })
        return [
            .id(entry.room), .text(entry.channel.rawValue), .optional(entry.team?.text),
            .texts(entry.skills.sorted()), .moment(entry.enteredAt), .integer(entry.priority),
            .optional(entry.preferred?.text), .texts(entry.declined.map(\.text).sorted()), .json(.object(silent)),
            .integer(entry.epoch),
        ]
    }

    private static func offer(_ offer: Offer) -> [SQLValue] {
        [
            .id(offer.room), .id(offer.agent), .text(offer.channel.rawValue), .moment(offer.madeAt),
            .moment(offer.expiresAt), .json(offer.origin.json),
        ]
    }

    private static func holding(_ holding: Holding) -> [SQLValue] {
        [
            .id(holding.room), .id(holding.agent), .text(holding.channel.rawValue), .optional(holding.team?.text),
            .texts(holding.skills.sorted()), .integer(holding.priority), .integer(holding.epoch),
            .optional(holding.customerWaitsSince), .optional(holding.agentOwesSince),
        ]
    }

    // MARK: Statements

    private static func remove(_ table: String, _ key: String) -> SQLBulk {
        SQLBulk(
            [.text(key)], sqlite: "DELETE FROM \(table) WHERE \(key) = $1",
            postgres: "DELETE FROM \(table) WHERE \(key) IN (SELECT \(key) FROM k)")
    }

    /// Writes rows, in place of those with the same first column.
    private static func put(_ table: String, _ columns: [SQLColumn], _ changes: String? = nil) -> SQLBulk {
        let names = columns.map(\.name)
        let list = names.joined(separator: ", ")
        let updates = changes ?? names.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        return SQLBulk(
            columns,
            SQLText(
                """
                INSERT INTO \(table) (\(list)) SELECT \(list) FROM k WHERE true
                ON CONFLICT (\(names[0])) DO UPDATE SET \(updates)
                """
            ))
    }

    private static let putAgents = put(
        "routing_agents", [.text("user_id"), .text("presence"), .integer("since_ms"), .integer("assigned_ms")])

    private static let putQueues = put("routing_queues", [.text("team_id"), .text("pointer"), .text("pace")])

    private static let putEntries = put(
        "routing_entries",
        [
            .text("room_id"), .text("channel"), .text("team_id"), .text("skills"), .integer("entered_ms"),
            .integer("priority"), .text("preferred"), .text("declined"), .text("silent"), .integer("epoch"),
        ]
    )

    private static let putOffers = put(
        "routing_offers",
        [
            .text("room_id"), .text("user_id"), .text("channel"), .integer("made_ms"), .integer("expires_ms"),
            .text("origin"),
        ]
    )

    private static let putHoldings = put(
        "routing_holdings",
        [
            .text("room_id"), .text("user_id"), .text("channel"), .text("team_id"), .text("skills"),
            .integer("priority"), .integer("epoch"), .integer("waits_ms"), .integer("owes_ms"),
        ]
    )

    /// A turn that only hands a conversation on knows neither its number, which never falls, nor its resolution.
    private static let putCases = put(
        "routing_cases",
        [
            .text("room_id"), .integer("number"), .text("phase"), .integer("phase_ms"), .integer("epoch"),
            .integer("resolved_ms"),
        ],
        """
        number = CASE WHEN excluded.number > routing_cases.number THEN excluded.number ELSE routing_cases.number END,
        phase = excluded.phase, phase_ms = excluded.phase_ms, epoch = excluded.epoch,
        resolved_ms = COALESCE(excluded.resolved_ms, routing_cases.resolved_ms)
        """
    )
}

extension SQLValue {
    fileprivate var sortText: String {
        if case .text(let text) = self { text } else { "" }
    }
}
