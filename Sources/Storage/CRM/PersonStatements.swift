import Domain

/// Where a person's data lies, by the contacts that the person is.
enum PersonStatements {
    /// The contact and all that were merged into it, in the order of their ids.
    static func contacts(of id: ContactID, _ session: any SQLSession) throws -> [ContactID] {
        try session.execute(family, [.id(id)]).map { row in
            var row = row.reader
            return try row.text(ContactID.init)
        }.sorted()
    }

    private static let family: SQLText = """
        WITH RECURSIVE t(id) AS (
            SELECT c.id FROM crm_contacts c WHERE c.id = $1
            UNION SELECT c.id FROM crm_contacts c JOIN t ON c.merged_into = t.id
        ) SELECT id FROM t
        """

    static func note(_ row: SQLRow) throws(HubError) -> ContactNote {
        var row = row.reader
        return ContactNote(
            id: try row.text(ContactNoteID.init),
            contact: try row.text(ContactID.init),
            text: try row.text(),
            authorName: try row.text(),
            at: try row.moment()
        )
    }

    static let notes = SQLBulk(
        [.text("id")],
        """
        SELECT n.id, n.contact_id, n.text, n.author_name, n.created_ms FROM k CROSS JOIN crm_notes n
        WHERE n.contact_id = k.id ORDER BY n.created_ms, n.id
        """
    )

    static let leads = SQLBulk(
        [.text("id")],
        SQLText("SELECT \(LeadRow.columns) FROM k CROSS JOIN crm_leads l WHERE l.contact_id = k.id ORDER BY l.id")
    )

    static let deals = SQLBulk(
        [.text("id")],
        SQLText("SELECT \(DealRow.columns) FROM k CROSS JOIN crm_deals d WHERE d.contact_id = k.id ORDER BY d.id")
    )

    static let moves = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT \(DealRow.moveColumns) FROM k CROSS JOIN crm_deals d CROSS JOIN crm_deal_moves m
            WHERE d.contact_id = k.id AND m.deal_id = d.id ORDER BY m.at_ms, m.id
            """
        )
    )

    static let codes = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT \(CodeRow.columns) FROM k CROSS JOIN crm_identities i CROSS JOIN rooms r CROSS JOIN codes c
            WHERE i.contact_id = k.id AND i.kind = 'visitor' AND r.visitor_id = i.value AND c.conversation = r.id
            ORDER BY c.changed_ms, c.id
            """
        )
    )

    static let orders = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT \(OrderRow.columns) FROM k CROSS JOIN orders o
            WHERE o.contact_id = k.id ORDER BY o.placed_ms, o.id
            """
        )
    )

    static let callbacks = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT \(CallbackRow.columns) FROM k CROSS JOIN callbacks b
            WHERE b.contact_id = k.id ORDER BY b.due_ms, b.id
            """
        )
    )

    static let sms = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT \(SMSRow.columns) FROM k CROSS JOIN \(SMSRow.tables)
            WHERE i.contact_id = k.id ORDER BY s.created_ms, s.id
            """
        )
    )

    static let goals = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT \(ProgressGoalRow.columns) FROM k CROSS JOIN progress_goals g
            WHERE g.contact_id = k.id ORDER BY g.id
            """
        )
    )

    static let checkIns = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT \(CheckInRow.columns) FROM progress_check_ins
            WHERE goal_id IN (SELECT g.id FROM k CROSS JOIN progress_goals g WHERE g.contact_id = k.id)
            ORDER BY goal_id, seq
            """
        )
    )

    static let enrolments = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT \(EnrolmentRow.columns), t.modules
            FROM k CROSS JOIN training_enrolments e CROSS JOIN training_programs t
            WHERE e.learner_kind = 'contact' AND e.learner_id = k.id AND t.id = e.program_id ORDER BY e.id
            """
        )
    )

    /// Who wrote on WhatsApp.
    static let whatsApp = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT \(WhatsAppRow.columns) FROM k CROSS JOIN crm_identities i CROSS JOIN whatsapp_identities w
            WHERE i.contact_id = k.id AND w.contact_value = i.value AND w.contact_kind = i.kind ORDER BY w.id
            """
        )
    )

    static let joined = SQLBulk(
        [.text("id")],
        "SELECT j.id, j.room_id, j.at_ms FROM k CROSS JOIN whatsapp_joined j WHERE j.identity_id = k.id ORDER BY j.id")

    static let former = SQLBulk(
        [.text("id")],
        """
        SELECT f.identity_id, f.kind, f.value, f.until_ms FROM k CROSS JOIN whatsapp_former f
        WHERE f.identity_id = k.id
        """
    )

    static let visitors = SQLBulk(
        [.text("id")],
        SQLText(
            """
            SELECT \(VisitorStatements.columns) FROM k CROSS JOIN crm_identities i CROSS JOIN visitors v
            WHERE i.contact_id = k.id AND i.kind = 'visitor' AND v.id = i.value ORDER BY v.id
            """
        )
    )
}

extension SQLBulk {
    func over<Kind>(_ ids: [ID<Kind>]) -> SQLStatement { over(ids.map { [.text($0.text)] }) }
}
