import Domain

/// Writes the query of a page of the inbox: keyset pagination, so that every page costs the same.
enum InboxStatement {
    static func make(_ query: InboxQuery) -> SQLStatement {
        var values: [SQLValue] = []
        var conditions = ["r.kind = 'conversation'"]
        func parameter(_ value: SQLValue) -> String {
            values.append(value)
            return "$\(values.count)"
        }
        if let state = query.state {
            conditions.append("r.state = \(parameter(.text(state.rawValue)))")
        }
        switch query.assignee {
        case .nobody:
            conditions.append("r.assignee_id IS NULL")
        case .user(let user):
            conditions.append("r.assignee_id = \(parameter(.id(user)))")
        case nil:
            break
        }
        if let sight = query.sight, let condition = SightCondition.of("r", sight, parameter) {
            conditions.append(condition)
        }
        if let label = query.label {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM conversation_labels y
                    WHERE y.room_id = r.id AND y.label_id = \(parameter(.id(label))))
                """)
        }
        switch query.clock {
        case .warned: conditions.append("f.warned = 1")
        case .breached: conditions.append("f.breached = 1")
        case nil: break
        }
        if let moment = query.changedSince {
            conditions.append("r.changed_ms >= \(parameter(.moment(moment)))")
        }
        if let cursor = query.before {
            let place = "\(parameter(.moment(cursor.changedAt))), \(parameter(.id(cursor.room)))"
            conditions.append("(r.changed_ms, r.id) < (\(place))")
        }
        let rest = """
            WHERE \(conditions.joined(separator: " AND "))
            ORDER BY r.changed_ms DESC, r.id DESC LIMIT \(parameter(.count(query.limit)))
            """
        return SQLStatement(ConversationRow.select(rest), values)
    }
}
