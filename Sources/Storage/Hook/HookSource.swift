import Domain

/// Reads what happened since the cursor, inside of the transaction that moves it.
struct HookSource {
    /// The last row of the audit log that was told.
    let auditSeq: Int64
    /// How far back conversations are looked at, at the least.
    let rooms: Timestamp
    /// The same, as the hub that looks knows it; nil after its start.
    let since: Timestamp?
    let at: Timestamp
    let limits: HookLimits

    struct Found {
        var news: [HookNews] = []
        /// What moves the cursor behind all of it.
        var statements: [SQLStatement] = []
        var isMore = false
    }

    /// - Parameter first: What happened before is told to nobody.
    func read(from first: Timestamp, _ session: any SQLSession) throws -> Found {
        var found = Found()
        try readRooms(from: first, into: &found, session)
        let seq = try readRecords(into: &found, session)
        // Only once all was looked at, and not to the end: see ADR 7.
        let looked = found.isMore ? rooms : max(rooms, at - limits.overlap)
        found.statements.append(SQLStatement(HookStatements.moveCursor, [.integer(seq), .moment(looked)]))
        return found
    }

    // MARK: Conversations

    private func readRooms(from first: Timestamp, into found: inout Found, _ session: any SQLSession) throws {
        let behind = try session.execute(SQLHookFeed.behind, [.moment(since ?? rooms), .count(limits.page)]).map {
            row throws(HubError) in
            var row = row.reader
            return (room: try RoomRow(reading: &row).room, told: try row.seq())
        }
        guard !behind.isEmpty else { return }
        found.isMore = behind.count == limits.page
        let logs = try session.batch(
            behind.map { room, told in
                SQLStatement(
                    Self.events, [.id(room.id), .seq(told), .moment(first), .count(limits.eventsPerRoom)])
            })
        var places: [[SQLValue]] = []
        for ((room, _), rows) in zip(behind, logs) {
            let events = try rows.map { row throws(HubError) in
                var row = row.reader
                return try EventRow.readMasked(&row)
            }
            let isAll = rows.count < limits.eventsPerRoom
            if !isAll { found.isMore = true }
            // Up to the head that was seen everything was there to be read, and maybe more.
            let last = events.last?.seq ?? room.head
            places.append([.id(room.id), .seq(isAll ? max(room.head, last) : last)])
            let firstWords = try firstWords(in: room, events, session)
            for event in events { found.news += HookNews.of(event, in: room, firstWords: firstWords) }
        }
        found.statements.append(Self.place.over(places))
    }

    /// Asked only where it may be among the events.
    private func firstWords(
        in room: Room,
        _ events: [RoomEvent],
        _ session: any SQLSession
    ) throws -> SequenceNumber? {
        guard events.contains(where: { $0.author.kind.isCustomer && $0.content.kind == .message }) else { return nil }
        var row = try session.execute(Self.firstWords, [.id(room.id)]).first?.reader
        return try row?.seq()
    }

    // MARK: Records

    /// Returns the last row that was read. The log is dense and in the order of its commits: its head is locked until
    /// the commit, so none can appear behind one that was read.
    private func readRecords(into found: inout Found, _ session: any SQLSession) throws -> Int64 {
        let entries = try session.execute(Self.records, [.integer(auditSeq), .count(limits.page)]).map(AuditRow.entry)
        if entries.count == limits.page { found.isMore = true }
        let documents = try documents(of: entries, session)
        for entry in entries {
            found.news += HookNews.of(entry, document: documents[entry.event.subject.id])
        }
        return entries.last?.seq ?? auditSeq
    }

    /// What the rows are about, as it is now, by id.
    private func documents(
        of entries: [AuditEntry],
        _ session: any SQLSession
    ) throws -> [String: [String: JSONValue]] {
        var ids: [HookRecord: Set<String>] = [:]
        for entry in entries {
            guard let record = HookRecord(rawValue: entry.event.subject.kind) else { continue }
            ids[record, default: []].insert(entry.event.subject.id)
        }
        var documents: [String: [String: JSONValue]] = [:]
        for (record, ids) in ids {
            for (id, document) in try Self.documents(record, ids.sorted().map { [.text($0)] }, session) {
                documents[id] = document
            }
        }
        return documents
    }

    private static func documents(
        _ record: HookRecord,
        _ ids: [[SQLValue]],
        _ session: any SQLSession
    ) throws -> [(String, [String: JSONValue])] {
        switch record {
        case .contact:
            try ContactRow.read(session.execute(contacts.over(ids)), session).map { ($0.id.text, $0.document) }
        case .lead: try session.execute(leads.over(ids)).map(LeadRow.read).map { ($0.id.text, $0.document) }
        case .deal: try session.execute(deals.over(ids)).map(DealRow.read).map { ($0.id.text, $0.document) }
        case .order:
            try OrderRow.read(session.execute(orders.over(ids)), session).map { ($0.id.text, $0.document) }
        }
    }

    // MARK: Statements

    private static let events = SQLText(
        """
        SELECT \(EventRow.columns) FROM room_events e WHERE e.room_id = $1 AND e.seq > $2 AND e.at_ms >= $3
        ORDER BY e.seq LIMIT $4
        """
    )

    private static let firstWords: SQLText = """
        SELECT e.seq FROM room_events e
        WHERE e.room_id = $1 AND e.type = 'msg' AND e.author_kind IN ('visitor', 'contact') ORDER BY e.seq LIMIT 1
        """

    private static let place = SQLBulk(
        [.text("room_id"), .integer("seq")],
        """
        INSERT INTO hook_places (room_id, seq) SELECT room_id, seq FROM k WHERE true
        ON CONFLICT (room_id) DO UPDATE SET seq = excluded.seq
        """
    )

    private static let records = SQLText(
        "SELECT \(AuditRow.selected) FROM audit_logs a WHERE a.seq > $1 ORDER BY a.seq LIMIT $2")

    private static func bulk(_ columns: String, _ table: String, _ id: String) -> SQLBulk {
        SQLBulk([.text("id")], SQLText("SELECT \(columns) FROM k CROSS JOIN \(table) WHERE \(id) = k.id"))
    }

    private static let contacts = bulk(ContactRow.columns, "crm_contacts c", "c.id")
    private static let leads = bulk(LeadRow.columns, "crm_leads l", "l.id")
    private static let deals = bulk(DealRow.columns, "crm_deals d", "d.id")
    private static let orders = bulk(OrderRow.columns, "orders o", "o.id")
}
