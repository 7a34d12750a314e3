import Domain

/// Merges as their table stores them.
enum ContactMergeRow {
    /// Of the table named `m`.
    static let columns = "m.id, m.into_id, m.from_id, m.by_name, m.at_ms, m.moved, m.undone_ms"

    static func read(_ row: SQLRow) throws(HubError) -> ContactMerge {
        var row = row.reader
        let id = try row.text(ContactMergeID.init)
        let into = try row.text(ContactID.init)
        let from = try row.text(ContactID.init)
        let byName = try row.text()
        let at = try row.moment()
        let json = try row.json()
        let moved = ContactMerge.Moved(
            identities: list(json["identities"], ContactIdentity.init(json:)),
            leads: list(json["leads"]) { $0.string.flatMap(LeadID.init) },
            deals: list(json["deals"]) { $0.string.flatMap(DealID.init) },
            notes: list(json["notes"]) { $0.string.flatMap(ContactNoteID.init) },
            goals: list(json["goals"]) { $0.string.flatMap(ProgressGoalID.init) },
            enrolments: list(json["enrolments"]) { $0.string.flatMap(EnrolmentID.init) },
            orders: list(json["orders"]) { $0.string.flatMap(OrderID.init) },
            callbacks: list(json["callbacks"]) { $0.string.flatMap(CallbackID.init) }
        )
        return ContactMerge(
            id: id,
            into: into,
            from: from,
            byName: byName,
            at: at,
            moved: moved,
            undoneAt: try row.optionalMoment()
        )
    }

    /// In the order of `columns`.
    static func values(_ merge: ContactMerge) -> [SQLValue] {
        let moved = merge.document.filter { ContactMerge.movedMembers.contains($0.key) }
        return [
            .id(merge.id), .id(merge.into), .id(merge.from), .text(merge.byName), .moment(merge.at),
            .json(.object(moved)), .optional(merge.undoneAt),
        ]
    }

    private static func list<Element>(_ json: JSONValue?, _ read: (JSONValue) -> Element?) -> [Element] {
        (json?.array ?? []).compactMap(read)
    }
}
