import Domain

/// What a merge and its undoing read and write.
enum MergeStatements {
    enum Table: String {
        case leads = "crm_leads"
        case deals = "crm_deals"
        case notes = "crm_notes"
    }

    static let moveLeads: SQLText =
        "UPDATE crm_leads SET contact_id = $2, version = version + 1 WHERE contact_id = $1 RETURNING id"

    static let moveDeals: SQLText =
        "UPDATE crm_deals SET contact_id = $2, version = version + 1 WHERE contact_id = $1 RETURNING id"

    static let moveNotes: SQLText = "UPDATE crm_notes SET contact_id = $2 WHERE contact_id = $1 RETURNING id"

    static let moveGoals: SQLText =
        "UPDATE progress_goals SET contact_id = $2, version = version + 1 WHERE contact_id = $1 RETURNING id"

    /// A contact takes part in a program once, so where both do, each keeps its own place.
    static let moveEnrolments: SQLText = """
        UPDATE training_enrolments SET learner_id = $2, version = version + 1
        WHERE learner_kind = 'contact' AND learner_id = $1 AND program_id NOT IN (
            SELECT x.program_id FROM training_enrolments x WHERE x.learner_kind = 'contact' AND x.learner_id = $2
        ) RETURNING id
        """

    static let moveOrders: SQLText =
        "UPDATE orders SET contact_id = $2, version = version + 1 WHERE contact_id = $1 RETURNING id"

    static let moveCallbacks: SQLText =
        "UPDATE callbacks SET contact_id = $2, version = version + 1 WHERE contact_id = $1 RETURNING id"

    static let moveIdentities: SQLText = "UPDATE crm_identities SET contact_id = $2 WHERE contact_id = $1"

    /// The first column of each row, in rising order.
    static func ids<Value: Comparable>(_ rows: [SQLRow], _ read: (String) -> Value?) throws -> [Value] {
        try rows.map { row in
            var row = row.reader
            return try row.text(read)
        }.sorted()
    }

    /// What stands in which table, in the order in which others lock.
    static func moved(_ merge: ContactMerge) -> [(table: Table, ids: [String])] {
        [
            (.leads, merge.moved.leads.map(\.text)), (.deals, merge.moved.deals.map(\.text)),
            (.notes, merge.moved.notes.map(\.text)),
        ]
    }

    static func here(_ table: Table) -> SQLBulk {
        SQLBulk(
            [.text("id"), .text("contact_id")],
            SQLText(
                """
                SELECT t.id FROM k CROSS JOIN \(table.rawValue) t WHERE t.id = k.id AND t.contact_id = k.contact_id
                """
            )
        )
    }

    static func giveBack(_ merge: ContactMerge) -> [SQLStatement] {
        let rows = moved(merge).filter { !$0.ids.isEmpty }.map { table, ids in
            let isVersioned = table != .notes
            return SQLBulk(
                [.text("id"), .text("contact_id")],
                SQLText(
                    """
                    UPDATE \(table.rawValue) SET contact_id = k.contact_id\(isVersioned ? ", version = version + 1" : "")
                    FROM k WHERE \(table.rawValue).id = k.id
                    """
                )
            ).over(ids.map { [.text($0), .id(merge.from)] })
        }
        let identities = merge.moved.identities.map { identity -> [SQLValue] in
            [.text(identity.kind.rawValue), .text(identity.value), .id(merge.from)]
        }
        let others = [
            giveGoals.over(merge.moved.goals.map { [.id($0), .id(merge.from), .id(merge.into)] }),
            giveEnrolments.over(merge.moved.enrolments.map { [.id($0), .id(merge.from), .id(merge.into)] }),
            giveOrders.over(merge.moved.orders.map { [.id($0), .id(merge.from), .id(merge.into)] }),
            giveCallbacks.over(merge.moved.callbacks.map { [.id($0), .id(merge.from), .id(merge.into)] }),
        ]
        return rows + others + (identities.isEmpty ? [] : [giveIdentities.over(identities)])
    }

    /// What was removed since stays removed.
    private static let giveGoals = SQLBulk(
        [.text("id"), .text("from_id"), .text("into_id")],
        """
        UPDATE progress_goals SET contact_id = k.from_id, version = version + 1 FROM k
        WHERE progress_goals.id = k.id AND progress_goals.contact_id = k.into_id
        """
    )

    private static let giveEnrolments = SQLBulk(
        [.text("id"), .text("from_id"), .text("into_id")],
        """
        UPDATE training_enrolments SET learner_id = k.from_id, version = version + 1 FROM k
        WHERE training_enrolments.id = k.id AND training_enrolments.learner_kind = 'contact'
            AND training_enrolments.learner_id = k.into_id
        """
    )

    /// What was given to somebody else since stays with them.
    private static let giveOrders = SQLBulk(
        [.text("id"), .text("from_id"), .text("into_id")],
        """
        UPDATE orders SET contact_id = k.from_id, version = version + 1 FROM k
        WHERE orders.id = k.id AND orders.contact_id = k.into_id
        """
    )

    private static let giveCallbacks = SQLBulk(
        [.text("id"), .text("from_id"), .text("into_id")],
        """
        UPDATE callbacks SET contact_id = k.from_id, version = version + 1 FROM k
        WHERE callbacks.id = k.id AND callbacks.contact_id = k.into_id
        """
    )

    private static let giveIdentities = SQLBulk(
        [.text("kind"), .text("value"), .text("contact_id")],
        """
        UPDATE crm_identities SET contact_id = k.contact_id FROM k
        WHERE crm_identities.kind = k.kind AND crm_identities.value = k.value
        """
    )

    static let open = SQLText(
        "SELECT \(ContactMergeRow.columns) FROM crm_merges m WHERE m.from_id = $1 AND m.undone_ms IS NULL")

    static let insert: SQLText = """
        INSERT INTO crm_merges (id, into_id, from_id, by_name, at_ms, moved, undone_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """

    static let close: SQLText = "UPDATE crm_merges SET undone_ms = $2 WHERE id = $1"
}
