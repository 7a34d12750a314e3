import Domain

/// Leads as their table stores them.
enum LeadRow {
    /// Of the table named `l`.
    static let columns = """
        l.id, l.created_ms, l.state, l.deal_id, l.changed_ms, l.version, l.contact_id, l.name, l.phone, l.email, \
        l.source, l.owner_id, l.notes, l.value, l.currency
        """

    static func read(_ row: SQLRow) throws(HubError) -> Lead {
        var row = row.reader
        let id = try row.text(LeadID.init)
        let createdAt = try row.moment()
        let state = try row.text(Lead.State.init)
        var lead = Lead(id: id, state: state, deal: try row.optionalText(DealID.init), createdAt: createdAt)
        lead.changedAt = try row.moment()
        lead.version = try row.integer()
        lead.contact = try row.optionalText(ContactID.init)
        lead.name = try row.optionalText()
        lead.phone = try row.optionalText()
        lead.email = try row.optionalText()
        lead.source = try row.text()
        lead.owner = try row.optionalText(UserID.init)
        lead.notes = try row.optionalText()
        lead.value = try row.optionalInteger()
        lead.currency = try row.text(Currency.init)
        return lead
    }

    /// In the order of `columns`, then the text to search.
    static func values(_ lead: Lead) -> [SQLValue] {
        [
            .id(lead.id), .moment(lead.createdAt), .text(lead.state.rawValue), .optional(lead.deal?.text),
            .moment(lead.changedAt), .integer(lead.version), .optional(lead.contact?.text), .optional(lead.name),
            .optional(lead.phone), .optional(lead.email), .text(lead.source), .optional(lead.owner?.text),
            .optional(lead.notes), .optional(lead.value), .text(lead.currency.code),
            .text(SearchText.fold(lead.searchText)),
        ]
    }
}

/// What reads, locks and writes leads inside a transaction.
enum LeadStatements {
    static func find(
        _ id: LeadID,
        _ scope: CRMScope,
        isLocked: Bool,
        _ session: any SQLSession
    ) throws -> Lead {
        let scope = condition(scope)
        let text = "\(select) WHERE l.id = $1\(scope.and(2))"
        let rows = try session.execute(
            isLocked ? .locking(text, of: "l") : SQLText(text), [.id(id)] + scope.values)
        guard let lead = try rows.first.map(LeadRow.read) else { throw HubError.notFound("there is no such lead") }
        return lead
    }

    static func condition(_ scope: CRMScope) -> ScopeCondition {
        .work(scope, owner: "l.owner_id", contactOwner: "c.owner_id")
    }

    static let select =
        "SELECT \(LeadRow.columns) FROM crm_leads l LEFT JOIN crm_contacts c ON c.id = l.contact_id"

    static let insert: SQLText = """
        INSERT INTO crm_leads (
            id, created_ms, state, deal_id, changed_ms, version, contact_id, name, phone, email, source, owner_id, notes,
            value, currency, search
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """

    static let update: SQLText = """
        UPDATE crm_leads SET created_ms = $2, state = $3, deal_id = $4, changed_ms = $5, version = $6, contact_id = $7,
            name = $8, phone = $9, email = $10, source = $11, owner_id = $12, notes = $13, value = $14, currency = $15,
            search = $16
        WHERE id = $1
        """
}
