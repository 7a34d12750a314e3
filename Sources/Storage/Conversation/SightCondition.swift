import Domain

/// What `TeamSight` lets through, in SQL.
enum SightCondition {
    /// On the row of a conversation that is named `alias`; nil for eyes that see all.
    ///
    /// - Parameter bind: Takes a value and returns the name of its parameter.
    static func of(_ alias: String, _ sight: TeamSight, _ bind: (SQLValue) -> String) -> String? {
        guard let teams = sight.teams else { return nil }
        let own = teams.sorted().map { bind(.id($0)) }.joined(separator: ", ")
        let inOwn = own.isEmpty ? "" : " OR \(alias).team_id IN (\(own))"
        return "(\(alias).team_id IS NULL OR \(alias).assignee_id = \(bind(.id(sight.user)))\(inOwn))"
    }
}
