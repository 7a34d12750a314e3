import Domain

extension SQLContactStore {
    func timeline(
        of contact: ContactID,
        scope: CRMScope,
        sight: TeamSight?,
        _ request: ListRequest<TimelineSort, TimelineEntry.Kind?>
    ) async throws -> ListPage<TimelineEntry> {
        var list = ListStatement()
        list.require("t.contact_id = $?", .id(contact))
        list.require(ScopeCondition.work(scope, owner: "t.owner_id", contactOwner: "t.contact_owner_id"))
        list.require { bind in sight.flatMap { SightCondition.of("t", $0, bind) } }
        let statement = list.page(TimelineSources.select(request.filter), sortedBy: "t.at_ms", id: "t.id", request)
        return try await database.snapshot { session in
            guard let found = try ContactStatements.find(contact, scope, session) else {
                throw ContactStatements.missing
            }
            try found.checkPresent()
            return ListPage(try session.execute(statement).map(TimelineSources.read), limit: request.limit) { entry in
                ListPosition(value: .integer(entry.at.milliseconds), id: entry.id)
            }
        }
    }
}

/// Where the entries of a timeline come from: one query each, with the same columns. A new kind of entry is a case
/// of `TimelineEntry.Kind` and its query here.
private enum TimelineSources {
    static func select(_ kind: TimelineEntry.Kind?) -> String {
        kind.map { select([$0]) } ?? everything
    }

    private static let everything = select(TimelineEntry.Kind.allCases)

    private static func select(_ kinds: [TimelineEntry.Kind]) -> String {
        let sources = kinds.map(query).joined(separator: " UNION ALL ")
        return """
            SELECT t.kind, t.id, t.at_ms, t.text, t.state, t.amount, t.currency, t.by_name FROM (\(sources)) t
            """
    }

    private static let noOwner = "CAST(NULL AS TEXT) AS owner_id, CAST(NULL AS TEXT) AS contact_owner_id"
    private static let noConversation = "CAST(NULL AS TEXT) AS team_id, CAST(NULL AS TEXT) AS assignee_id"
    /// What anybody who sees the contact sees.
    private static let anybody = "\(noOwner), \(noConversation)"
    /// What came of a conversation is seen by whoever sees that.
    private static let ofConversation = "\(noOwner), r.team_id, r.assignee_id"
    /// Codes for the customer of a conversation, or for their order. Their time is that of their last change: when they
    /// were reserved, sold or revoked.
    private static let codes = """
        crm_identities i JOIN rooms r ON i.kind = 'visitor' AND r.visitor_id = i.value
            JOIN codes c ON c.conversation = r.id
        """

    private static let noText = "CAST(NULL AS TEXT)"
    private static let noNumber = "CAST(NULL AS BIGINT)"

    private static func query(_ kind: TimelineEntry.Kind) -> String {
        switch kind {
        case .conversation:
            """
            SELECT i.contact_id, '\(kind.rawValue)' AS kind, r.id, r.created_ms AS at_ms, \(noText) AS text, r.state,
                \(noNumber) AS amount, \(noText) AS currency, r.assignee_name AS by_name, \(ofConversation)
            FROM crm_identities i JOIN rooms r ON r.visitor_id = i.value
            WHERE i.kind = 'visitor' AND r.kind = 'conversation'
            UNION ALL SELECT i.contact_id, '\(kind.rawValue)' AS kind, r.id, r.created_ms AS at_ms, \(noText) AS text,
                r.state, \(noNumber) AS amount, \(noText) AS currency, r.assignee_name AS by_name, \(ofConversation)
            FROM crm_identities i JOIN whatsapp_identities w ON w.contact_value = i.value AND w.contact_kind = i.kind
                JOIN rooms r ON r.whatsapp_id = w.id
            """
        case .lead:
            """
            SELECT l.contact_id, '\(kind.rawValue)' AS kind, l.id, l.created_ms AS at_ms, l.source AS text, l.state,
                l.value AS amount, l.currency, u.name AS by_name, l.owner_id, c.owner_id AS contact_owner_id,
                \(noConversation)
            FROM crm_leads l JOIN crm_contacts c ON c.id = l.contact_id LEFT JOIN users u ON u.id = l.owner_id
            """
        case .deal:
            """
            SELECT d.contact_id, '\(kind.rawValue)' AS kind, d.id, d.created_ms AS at_ms, d.title AS text, d.state,
                d.amount, d.currency, u.name AS by_name, d.owner_id, c.owner_id AS contact_owner_id,
                \(noConversation)
            FROM crm_deals d JOIN crm_contacts c ON c.id = d.contact_id LEFT JOIN users u ON u.id = d.owner_id
            """
        case .note:
            """
            SELECT n.contact_id, '\(kind.rawValue)' AS kind, n.id, n.created_ms AS at_ms, n.text, \(noText) AS state,
                \(noNumber) AS amount, \(noText) AS currency, n.author_name AS by_name, \(anybody)
            FROM crm_notes n
            """
        case .code:
            """
            SELECT i.contact_id, '\(kind.rawValue)' AS kind, c.id, c.changed_ms AS at_ms, p.name_ar AS text, c.state,
                \(noNumber) AS amount, \(noText) AS currency, u.name AS by_name, \(ofConversation)
            FROM \(codes) JOIN products p ON p.id = c.product_id LEFT JOIN users u ON u.id = c.allocated_by
            """
        case .order:
            // Where the hub knows only its number, one of its codes stands for all.
            """
            SELECT o.contact_id, '\(kind.rawValue)' AS kind, o.number AS id, o.placed_ms AS at_ms, \(noText) AS text,
                o.state, o.total AS amount, o.currency, \(noText) AS by_name, \(anybody)
            FROM orders o WHERE o.contact_id IS NOT NULL
            UNION ALL
            SELECT i.contact_id, '\(kind.rawValue)' AS kind, c.order_ref AS id, c.changed_ms AS at_ms,
                \(noText) AS text, \(noText) AS state, \(noNumber) AS amount, \(noText) AS currency,
                u.name AS by_name, \(ofConversation)
            FROM \(codes) LEFT JOIN users u ON u.id = c.allocated_by
            WHERE c.id = (
                SELECT MIN(x.id) FROM codes x WHERE x.order_ref = c.order_ref AND x.conversation = c.conversation
            ) AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.number = c.order_ref AND o.contact_id = i.contact_id)
            """
        }
    }

    static func read(_ row: SQLRow) throws(HubError) -> TimelineEntry {
        var row = row.reader
        return TimelineEntry(
            kind: try row.text(TimelineEntry.Kind.init),
            id: try row.text(),
            at: try row.moment(),
            text: try row.optionalText(),
            state: try row.optionalText(),
            amount: try row.optionalInteger(),
            currency: try row.optionalText(),
            by: try row.optionalText()
        )
    }
}
