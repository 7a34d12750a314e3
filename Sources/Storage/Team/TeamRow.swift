import Domain

/// Teams as their table stores them.
enum TeamRow {
    /// Of the table named `t`.
    private static let columns = """
        t.id, t.created_ms, t.changed_ms, t.version, t.name_ar, t.name_en, t.skills, t.hours, t.routing_policy, \
        t.last_agent_first, t.asks_first
        """

    static let sqlite = text(joining: "group_concat")
    static let postgres = text(joining: "string_agg")

    /// `rest` goes on behind `FROM teams t`.
    static func select(_ rest: String) -> SQLText {
        SQLText(sqlite: "\(sqlite) \(rest)", postgres: "\(postgres) \(rest)")
    }

    private static func text(joining function: String) -> String {
        """
        SELECT \(columns), (SELECT \(function)(m.user_id, ' ') FROM team_members m WHERE m.team_id = t.id)
        FROM teams t
        """
    }

    static func read(_ row: SQLRow) throws(HubError) -> Team {
        var row = row.reader
        var team = Team(id: try row.text(TeamID.init), at: try row.moment())
        team.changedAt = try row.moment()
        team.version = try row.integer()
        team.nameAr = try row.text()
        team.nameEn = try row.optionalText()
        team.skills = try row.texts()
        if let hours = try row.optionalJSON() {
            guard let hours = TeamHours(stored: hours) else { throw row.unreadable }
            team.hours = hours
        }
        team.routingPolicy = try row.optionalText(RoutingPolicy.Choice.init)
        team.lastAgentFirst = try row.optionalInteger().map { $0 != 0 }
        team.asksFirst = try row.optionalInteger().map { $0 != 0 }
        team.members = (try row.optionalText() ?? "").split(separator: " ").compactMap { UserID(String($0)) }.sorted()
        return team
    }

    static func insert(_ team: Team) -> SQLStatement { SQLStatement(insert, values(team)) }

    static func update(_ team: Team) -> SQLStatement { SQLStatement(update, values(team)) }

    private static func values(_ team: Team) -> [SQLValue] {
        [
            .id(team.id), .moment(team.createdAt), .moment(team.changedAt), .integer(team.version),
            .text(team.nameAr), .optional(team.nameEn), .texts(team.skills),
            .text(SearchText.fold(team.searchText)), team.hours.map { .json($0.json) } ?? .null,
            .optional(team.routingPolicy?.rawValue), team.lastAgentFirst.map(SQLValue.flag) ?? .null,
            team.asksFirst.map(SQLValue.flag) ?? .null,
        ]
    }

    private static let insert: SQLText = """
        INSERT INTO teams (
            id, created_ms, changed_ms, version, name_ar, name_en, skills, search, hours, routing_policy,
            last_agent_first, asks_first
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """

    private static let update: SQLText = """
        UPDATE teams SET
            created_ms = $2, changed_ms = $3, version = $4, name_ar = $5, name_en = $6, skills = $7, search = $8,
            hours = $9, routing_policy = $10, last_agent_first = $11, asks_first = $12
        WHERE id = $1
        """
}
