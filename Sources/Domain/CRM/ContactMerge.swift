/// That one contact took over what another had, and exactly what: so that it can be undone.
package struct ContactMerge: Sendable, Equatable {
    package let id: ContactMergeID
    /// The one that stays.
    package let into: ContactID
    /// The one that is not a contact of its own any more.
    package let from: ContactID
    package let byName: String
    package let at: Timestamp
    package let moved: Moved
    package var undoneAt: Timestamp?

    /// What went from one to the other. Conversations go with the identity of their visitor.
    package struct Moved: Sendable, Equatable {
        package let identities: [ContactIdentity]
        package let leads: [LeadID]
        package let deals: [DealID]
        package let notes: [ContactNoteID]
        package let goals: [ProgressGoalID]
        /// All but those in programs in which the other takes part, too.
        package let enrolments: [EnrolmentID]
        package let orders: [OrderID]
        package let callbacks: [CallbackID]

        package init(
            identities: [ContactIdentity],
            leads: [LeadID],
            deals: [DealID],
            notes: [ContactNoteID],
            goals: [ProgressGoalID] = [],
            enrolments: [EnrolmentID] = [],
            orders: [OrderID] = [],
            callbacks: [CallbackID] = []
        ) {
            self.identities = identities
            self.leads = leads
            self.deals = deals
            self.notes = notes
            self.goals = goals
            self.enrolments = enrolments
            self.orders = orders
            self.callbacks = callbacks
        }
    }

    package init(
        id: ContactMergeID,
        into: ContactID,
        from: ContactID,
        byName: String,
        at moment: Timestamp,
        moved: Moved,
        undoneAt: Timestamp? = nil
    ) {
        self.id = id
        self.into = into
        self.from = from
        self.byName = byName
        at = moment
        self.moved = moved
        self.undoneAt = undoneAt
    }
}

extension ContactMerge: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "contact_merge", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "into": .string(into.text),
            "from": .string(from.text),
            "by": .string(byName),
            "at": .string(at.rfc3339),
            "identities": .array(moved.identities.map(\.json)),
            "leads": .array(moved.leads.map { .string($0.text) }),
            "deals": .array(moved.deals.map { .string($0.text) }),
            "notes": .array(moved.notes.map { .string($0.text) }),
            "goals": .array(moved.goals.map { .string($0.text) }),
            "enrolments": .array(moved.enrolments.map { .string($0.text) }),
            "orders": .array(moved.orders.map { .string($0.text) }),
            "callbacks": .array(moved.callbacks.map { .string($0.text) }),
            "undone_at": .optional(undoneAt),
        ]
    }

    /// The members of `document` that say what was moved.
    package static let movedMembers = [
        "identities", "leads", "deals", "notes", "goals", "enrolments", "orders", "callbacks",
    ]

    package var trace: [String: JSONValue] { document.hiding(["identities"]) }
}
