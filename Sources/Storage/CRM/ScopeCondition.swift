import Domain

/// `CRMScope` as the database asks it: the same for lists, single reads and locks.
struct ScopeCondition {
    /// Holds `$?` where the user goes; nil when everything is seen.
    let text: String?
    let values: [SQLValue]

    /// For contacts in the table named `c`.
    static func contacts(_ scope: CRMScope) -> ScopeCondition {
        ScopeCondition(scope, isSeen)
    }

    private static let isSeen = """
        (c.owner_id IS NULL OR c.owner_id = $?
        OR EXISTS (SELECT 1 FROM crm_leads x WHERE x.contact_id = c.id AND x.owner_id = $?)
        OR EXISTS (SELECT 1 FROM crm_deals x WHERE x.contact_id = c.id AND x.owner_id = $?)
        OR EXISTS (
            SELECT 1 FROM crm_identities x JOIN rooms r ON r.visitor_id = x.value
            WHERE x.contact_id = c.id AND x.kind = 'visitor' AND r.assignee_id = $?
        )
        OR EXISTS (
            SELECT 1 FROM crm_identities x
                JOIN whatsapp_identities w ON w.contact_value = x.value AND w.contact_kind = x.kind
                JOIN rooms r ON r.whatsapp_id = w.id
            WHERE x.contact_id = c.id AND r.assignee_id = $?
        ))
        """

    /// For goals in the table named `g`: they are seen with their contact.
    static func goals(_ scope: CRMScope) -> ScopeCondition {
        ScopeCondition(scope, "EXISTS (SELECT 1 FROM crm_contacts c WHERE c.id = g.contact_id AND \(isSeen))")
    }

    /// For enrolments in the table named `e`: those of contacts are seen with their contact, those of staff by all.
    /// See `EnrolmentRow.isPresent` for those that nobody sees.
    static func enrolments(_ scope: CRMScope) -> ScopeCondition {
        ScopeCondition(
            scope,
            """
            (e.learner_kind <> 'contact'
            OR EXISTS (SELECT 1 FROM crm_contacts c WHERE c.id = e.learner_id AND \(isSeen)))
            """
        )
    }

    /// For what is seen with its contact, by all when it has none; and by its owner, where it has one.
    static func withContact(_ scope: CRMScope, _ column: String, owner: String? = nil) -> ScopeCondition {
        let isOwn = owner.map { " OR \($0) = $?" } ?? ""
        return ScopeCondition(
            scope,
            """
            (\(column) IS NULL\(isOwn)
            OR EXISTS (SELECT 1 FROM crm_contacts c WHERE c.id = \(column) AND \(isSeen)))
            """
        )
    }

    /// For leads or deals whose owner stands in one column, and the owner of their contact in another.
    static func work(_ scope: CRMScope, owner: String, contactOwner: String) -> ScopeCondition {
        ScopeCondition(
            scope,
            "(\(owner) = $? OR \(contactOwner) = $? OR (\(owner) IS NULL AND \(contactOwner) IS NULL))"
        )
    }

    private init(_ scope: CRMScope, _ text: String) {
        switch scope {
        case .everything:
            self.text = nil
            values = []
        case .agent(let user):
            self.text = text
            values = [.id(user)]
        }
    }

    /// To be put behind a condition, where the user is the parameter `$number`.
    func and(_ number: Int) -> String {
        text.map { " AND \($0.replacing("$?", with: "$\(number)"))" } ?? ""
    }
}

extension ListStatement {
    mutating func require(_ scope: ScopeCondition) {
        guard let text = scope.text, let value = scope.values.first else { return }
        require(text, value)
    }

    /// `from` and after, before `before`.
    mutating func require(_ column: String, from: Timestamp?, before: Timestamp?) {
        require("\(column) >= $?", optional: from.map { .moment($0) })
        require("\(column) < $?", optional: before.map { .moment($0) })
    }
}
