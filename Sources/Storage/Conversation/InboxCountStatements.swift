import Domain

/// Counts the conversations that are not resolved. That of the resolved ones grows without end, and nobody waits there.
enum InboxCountStatements {
    static func groups(of user: UserID, _ sight: TeamSight?) -> SQLStatement {
        var values: [SQLValue] = [.id(user)]
        let condition = condition(sight, &values)
        let text = SQLText(
            """
            SELECT r.state,
                CASE WHEN r.assignee_id IS NULL THEN 0 WHEN r.assignee_id = $1 THEN 1 ELSE 2 END,
                COALESCE(f.breached, 0), COUNT(*)
            FROM rooms r LEFT JOIN conversation_clocks f ON f.room_id = r.id
            WHERE \(condition) GROUP BY 1, 2, 3
            """)
        return SQLStatement(text, values)
    }

    static func labels(_ sight: TeamSight?) -> SQLStatement {
        var values: [SQLValue] = []
        let condition = condition(sight, &values)
        let text = SQLText(
            """
            SELECT y.label_id, COUNT(*) FROM conversation_labels y JOIN rooms r ON r.id = y.room_id
            WHERE \(condition) GROUP BY y.label_id
            """)
        return SQLStatement(text, values)
    }

    private static func condition(_ sight: TeamSight?, _ values: inout [SQLValue]) -> String {
        var conditions = ["r.kind = 'conversation'", "r.state IN ('open', 'pending', 'snoozed')"]
        let seen = sight.flatMap { sight in
            SightCondition.of("r", sight) { value in
                values.append(value)
                return "$\(values.count)"
            }
        }
        if let seen { conditions.append(seen) }
        return conditions.joined(separator: " AND ")
    }
}

extension InboxCounts.Group {
    init(reading row: SQLRow) throws(HubError) {
        var reader = row.reader
        let state = try reader.text(ConversationState.init(rawValue:))
        let owner = try reader.integer()
        self.init(
            state: state, isMine: owner == 1, isUnassigned: owner == 0, isLate: try reader.flag(),
            count: Int(try reader.integer()))
    }
}
