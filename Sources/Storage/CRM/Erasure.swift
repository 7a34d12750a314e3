import Domain

/// What is overwritten when a person is erased. The driver has locked the contacts.
///
/// What stays is what the shop must be able to show without knowing the person: that there were deals, their
/// amounts, stages and times; the numbers, times and kinds of the events of a conversation; the audit log, which
/// never held the data. `docs/crm.md` lists both.
struct Erasure {
    private let contacts: [CRMContact]
    private let leads: [Lead]
    private let deals: [Deal]
    private let notes: [ContactNote]
    /// Goals, locked.
    private let goals: [String]
    private let callbacks: [String]
    private let visitors: [Visitor]
    /// Locked.
    private let people: [WhatsAppIdentity]
    /// Who turned out to be one of them.
    private let joined: [WhatsAppJoinedIdentity]
    private let former: [WhatsAppFormerAddress]
    /// Conversations with their side rooms, locked.
    private let rooms: [RoomRow]
    private let files: [AttachmentID]
    private let messages: Int64
    /// What the calendar is owed, so that nothing of them stays there.
    private let calendar: [SQLStatement]

    /// Finds it all, and locks leads, deals and rooms in their order.
    init(contacts: [CRMContact], at moment: Timestamp, _ session: any SQLSession) throws {
        let ids = contacts.map(\.id)
        self.contacts = contacts
        leads = try session.execute(PersonStatements.leads.over(ids)).map(LeadRow.read)
        deals = try session.execute(PersonStatements.deals.over(ids)).map(DealRow.read)
        notes = try session.execute(PersonStatements.notes.over(ids)).map(PersonStatements.note)
        goals = try session.execute(Self.lockGoals.over(ids)).map { row in
            var row = row.reader
            return try row.text()
        }
        visitors = try session.execute(PersonStatements.visitors.over(ids)).map(VisitorStatements.read)
        _ = try session.execute(Self.lockVisitors.over(visitors.map(\.id)))
        people = try session.execute(PersonStatements.whatsApp.over(ids)).map(WhatsAppRow.read)
        _ = try session.execute(Self.lockPeople.over(people.map(\.id)))
        joined = try session.execute(PersonStatements.joined.over(people.map(\.id))).map(WhatsAppRow.readJoined)
        former = try session.execute(PersonStatements.former.over(people.map(\.id))).map(WhatsAppRow.readFormer)
        let conversations = visitors.map(\.room) + people.map(\.room) + joined.map(\.room)
        rooms = try session.execute(Self.lockRooms.over(conversations)).map { row in
            var row = row.reader
            return try RoomRow(reading: &row)
        }
        let roomIDs = rooms.map(\.room.id)
        let promised =
            try session.execute(Self.callbacksOf.over(ids))
            + session.execute(Self.callbacksIn.over(roomIDs))
        callbacks = try promised.map { row in
            var row = row.reader
            return try row.text()
        }
        calendar = try CalendarStatements.owed(
            forErased: callbacks.compactMap(CallbackID.init), at: moment, session)
        var files: Set<AttachmentID> = []
        var messages: Int64 = 0
        for row in try session.execute(Self.bodies.over(roomIDs)) {
            var row = row.reader
            messages += 1
            if let file = try row.json()["body"]?["attachment"]?.string.flatMap(AttachmentID.init) {
                files.insert(file)
            }
        }
        let uploaders = visitors.map(\.id.text) + people.map(\.id.text) + joined.map(\.id.text)
        for row in try session.execute(Self.uploads.over(uploaders.map { [.text($0)] })) {
            var row = row.reader
            files.insert(try row.text(AttachmentID.init))
        }
        self.files = files.sorted()
        self.messages = messages
    }

    var report: ErasureReport {
        ErasureReport(
            contacts: contacts.map(\.id),
            leads: Int64(leads.count),
            deals: Int64(deals.count),
            notes: Int64(notes.count),
            conversations: Int64(visitors.count + people.count + joined.count),
            messages: messages,
            files: Int64(files.count)
        )
    }

    func statements(at moment: Timestamp, _ dialect: SQLDialect) -> [SQLStatement] {
        let ids = contacts.map(\.id)
        let roomIDs = rooms.map(\.room.id)
        return [
            SQLBulk([.text("id")], Self.leads).over(leads.map(\.id)),
            SQLBulk([.text("id")], Self.deals).over(deals.map(\.id)),
        ]
            + contacts.map { contact in
                SQLStatement(ContactStatements.update, ContactRow.values(emptied(contact, at: moment)))
            }
            + [
                "DELETE FROM crm_identities WHERE EXISTS (SELECT 1 FROM k WHERE k.id = crm_identities.contact_id)",
                """
                DELETE FROM crm_contact_labels
                WHERE EXISTS (SELECT 1 FROM k WHERE k.id = crm_contact_labels.contact_id)
                """,
                "DELETE FROM crm_notes WHERE EXISTS (SELECT 1 FROM k WHERE k.id = crm_notes.contact_id)",
                """
                DELETE FROM training_enrolments
                WHERE learner_kind = 'contact' AND EXISTS (SELECT 1 FROM k WHERE k.id = training_enrolments.learner_id)
                """,
                "UPDATE crm_merges SET moved = '{}' FROM k WHERE crm_merges.into_id = k.id OR crm_merges.from_id = k.id",
            ].map { SQLBulk([.text("id")], SQLText($0)).over(ids) }
            + [
                Self.checkIns.over(goals.map { [.text($0)] }),
                Self.removeGoals.over(goals.map { [.text($0)] }),
                Self.visitorProfiles.over(visitors.map(\.id)),
                Self.visitorTokens.over(visitors.map(\.id)),
                Self.members.over(visitors.map(\.id)),
                Self.identities.over(people.map { [.id($0.id), .moment(moment)] }),
                Self.formerAddresses.over(people.map(\.id)),
                Self.removeCallbacks.over(callbacks.map { [.text($0)] }),
                Self.messageContexts.over(roomIDs),
                Self.owedFiles.over(roomIDs),
                SQLRecapStore.erase.over(roomIDs),
                MentionStatements.erase.over(roomIDs),
                SQLOrderDeliveryStore.forget.over(ids),
                Self.owedMessages.over(roomIDs),
                Self.deliveries.over(told.map { [.text($0)] }),
                Self.leftovers.over(told.map { [.text($0)] }),
                Self.events.over(roomIDs),
                Self.summaries.over(
                    rooms.map {
                        [.id($0.room.id), summary($0.room), .moment(max(moment, $0.changedAt)), .moment(moment)]
                    }),
                Self.blobs.over(files),
                Self.attachments.over(files),
                Self.answers.over(answered.map { [.text($0)] }),
            ]
            + SMSStatements.erasing(phones) + calendar + searchTexts(dialect) + HookStatements.forget(answered, roomIDs)
    }

    private var phones: [String] { contacts.flatMap(\.identities).filter { $0.kind == .phone }.map(\.value) }

    /// PostgreSQL's texts are removed. SQLite's index is a file of its own, which begins anew from the log when the
    /// log asks for another generation of it.
    private func searchTexts(_ dialect: SQLDialect) -> [SQLStatement] {
        guard !rooms.isEmpty else { return [] }
        switch dialect {
        case .sqlite:
            return [SQLStatement(SQLiteSearchTables.askForNextGeneration)]
        case .postgres:
            return Self.searchTables.map { table in
                SQLBulk(
                    [.text("id")],
                    SQLText("DELETE FROM \(table) WHERE EXISTS (SELECT 1 FROM k WHERE k.id = \(table).room_id)")
                ).over(rooms.map(\.room.id))
            }
        }
    }

    private static let searchTables = ["message_search", "message_search_new"]

    private func emptied(_ contact: CRMContact, at moment: Timestamp) -> CRMContact {
        var empty = CRMContact(id: contact.id, at: contact.createdAt)
        empty.version = contact.version + 1
        empty.changedAt = max(moment, contact.changedAt)
        empty.mergedInto = contact.mergedInto
        empty.erasedAt = moment
        return empty
    }

    /// The last message of a room as lists show it, without its text and its author's name.
    private func summary(_ room: Room) -> SQLValue {
        guard let last = room.last else { return .null }
        let author = last.author
        let nameless = Participant(kind: author.kind, id: author.id, name: Visitor.nameless)
        return .json(
            MessageSummary(
                seq: last.seq,
                at: last.at,
                author: author.kind.isCustomer ? nameless : author,
                kind: .text,
                excerpt: ErasureReport.placeholder
            ).json
        )
    }

    /// Ids that stand in the answers to requests that may be repeated.
    private var answered: [String] {
        contacts.map(\.id.text) + leads.map(\.id.text) + deals.map(\.id.text) + notes.map(\.id.text) + goals
            + callbacks
    }

    /// What names a person in deliveries of webhooks. A form writes the plus of a number in its own way.
    private var told: [String] {
        people.flatMap { [$0.userID, $0.phone].compactMap(\.self) } + former.map(\.value)
            + phones.map { String($0.dropFirst()) }
            + contacts.flatMap(\.identities).filter { $0.kind == .email }.map(\.value)
    }

    // MARK: Finding

    private static let lockPeople = SQLBulk(
        [.text("id")],
        .locking("SELECT w.id FROM whatsapp_identities w WHERE w.id IN (SELECT k.id FROM k) ORDER BY w.id", of: "w")
    )

    private static let lockVisitors = SQLBulk(
        [.text("id")],
        .locking("SELECT v.id FROM visitors v WHERE v.id IN (SELECT k.id FROM k) ORDER BY v.id", of: "v")
    )

    private static let lockRooms = SQLBulk(
        [.text("id")],
        .locking(
            """
            SELECT \(RoomRow.columns) FROM rooms r
            WHERE r.id IN (SELECT k.id FROM k) OR r.parent IN (SELECT k.id FROM k) ORDER BY r.id
            """,
            of: "r"
        )
    )

    private static let lockGoals = SQLBulk(
        [.text("id")],
        .locking(
            "SELECT g.id FROM progress_goals g WHERE g.contact_id IN (SELECT k.id FROM k) ORDER BY g.id", of: "g")
    )

    private static let callbacksOf = SQLBulk(
        [.text("id")], "SELECT b.id FROM k CROSS JOIN callbacks b WHERE b.contact_id = k.id")

    /// Those that were agreed with somebody who was no contact then.
    private static let callbacksIn = SQLBulk(
        [.text("id")], "SELECT b.id FROM k CROSS JOIN callbacks b WHERE b.conversation = k.id")

    private static let bodies = SQLBulk(
        [.text("id")],
        """
        SELECT e.content FROM k CROSS JOIN room_events e WHERE e.room_id = k.id AND e.type IN ('msg', 'edit')
        """
    )

    private static let uploads = SQLBulk(
        [.text("id")],
        """
        SELECT a.id FROM k CROSS JOIN attachments a WHERE a.uploader_kind IN ('visitor', 'contact')
            AND a.uploader_id = k.id
        """
    )

    // MARK: Overwriting

    private static let leads: SQLText = """
        UPDATE crm_leads SET name = NULL, phone = NULL, email = NULL, notes = NULL, search = '', version = version + 1
        FROM k WHERE crm_leads.id = k.id
        """

    private static let deals = SQLText(
        """
        UPDATE crm_deals SET title = '\(ErasureReport.placeholder)', search = '', version = version + 1,
            lost_reason = CASE WHEN lost_reason IS NULL THEN NULL ELSE '\(ErasureReport.placeholder)' END
        FROM k WHERE crm_deals.id = k.id
        """
    )

    private static let checkIns = SQLBulk(
        [.text("id")],
        "DELETE FROM progress_check_ins WHERE EXISTS (SELECT 1 FROM k WHERE k.id = progress_check_ins.goal_id)"
    )

    private static let removeGoals = SQLBulk(
        [.text("id")], "DELETE FROM progress_goals WHERE EXISTS (SELECT 1 FROM k WHERE k.id = progress_goals.id)")

    private static let visitorProfiles = SQLBulk(
        [.text("id")],
        """
        UPDATE visitors SET name = NULL, email = NULL, phone = NULL, locale = NULL, page = NULL, verified_user_id = NULL
        FROM k WHERE visitors.id = k.id
        """
    )

    /// Their devices begin as somebody new.
    private static let visitorTokens = SQLBulk(
        [.text("id")],
        "DELETE FROM visitor_tokens WHERE EXISTS (SELECT 1 FROM k WHERE k.id = visitor_tokens.visitor_id)"
    )

    /// Who writes again is somebody new.
    private static let identities = SQLBulk(
        [.text("id"), .integer("at")],
        """
        UPDATE whatsapp_identities SET user_id = NULL, parent_user_id = NULL, phone = NULL, name = NULL, username = NULL,
            contact_kind = NULL, contact_value = NULL, erased_ms = k.at
        FROM k WHERE whatsapp_identities.id = k.id
        """
    )

    private static let formerAddresses = SQLBulk(
        [.text("id")],
        "DELETE FROM whatsapp_former WHERE EXISTS (SELECT 1 FROM k WHERE k.id = whatsapp_former.identity_id)")

    /// What has not left is not sent any more.
    private static let owedMessages = SQLBulk(
        [.text("id")],
        SQLText(
            """
            UPDATE outbox SET version = outbox.version + 1, problem = NULL, payload = '{"text":{"body":""},"type":"text"}',
                state = CASE WHEN outbox.state = 'queued' THEN 'cancelled' ELSE outbox.state END,
                lane = CASE WHEN outbox.channel = 'mail' THEN outbox.id ELSE outbox.lane END,
                recipient = CASE WHEN outbox.channel = 'mail' THEN '' ELSE outbox.recipient END
            FROM k WHERE outbox.room_id = k.id
            """
        )
    )

    private static let removeCallbacks = SQLBulk(
        [.text("id")], "DELETE FROM callbacks WHERE EXISTS (SELECT 1 FROM k WHERE k.id = callbacks.id)")

    private static let messageContexts = SQLBulk(
        [.text("id")], "UPDATE whatsapp_messages SET context = '{}' FROM k WHERE whatsapp_messages.room_id = k.id")

    private static let owedFiles = SQLBulk(
        [.text("id")], "DELETE FROM whatsapp_files WHERE EXISTS (SELECT 1 FROM k WHERE k.id = whatsapp_files.room_id)")

    /// Bodies that are done with; what is still to be done is told to the new person.
    private static let deliveries = SQLBulk(
        [.text("told")],
        """
        UPDATE webhook_events SET body = '', encoding = 'text' FROM k
        WHERE webhook_events.state <> 'new' AND webhook_events.body LIKE '%' || k.told || '%'
        """
    )

    private static let leftovers = SQLBulk(
        [.text("told")],
        "DELETE FROM webhook_items WHERE EXISTS (SELECT 1 FROM k WHERE webhook_items.item LIKE '%' || k.told || '%')"
    )

    private static let members = SQLBulk(
        [.text("id")],
        SQLText(
            """
            UPDATE room_members SET member_name = '\(Visitor.nameless)' FROM k
            WHERE room_members.member_kind = 'visitor' AND room_members.member_id = k.id
            """
        )
    )

    private static let events: SQLBulk = {
        let content = EventContent.message(.text(ErasureReport.placeholder), replyTo: nil).json.text
        /// A rating stays, for what it says of the shop; what the customer wrote with it goes.
        func text(withoutComment rating: String) -> String {
            """
            UPDATE room_events SET
                content = CASE WHEN type IN ('msg', 'edit') THEN '\(content)' WHEN type = 'rating' THEN \(rating)
                    ELSE content END,
                author_name = CASE WHEN author_kind IN ('visitor', 'contact') THEN '\(Visitor.nameless)'
                    ELSE author_name END
            FROM k WHERE room_events.room_id = k.id
            """
        }
        return SQLBulk(
            [.text("id")],
            SQLText(
                sqlite: text(withoutComment: "json_remove(content, '$.comment')"),
                postgres: text(withoutComment: "CAST(CAST(content AS jsonb) - 'comment' AS TEXT)")
            )
        )
    }()

    private static let summaries = SQLBulk(
        [.text("id"), .text("last"), .integer("changed_ms"), .integer("erased_ms")],
        """
        UPDATE rooms SET last = k.last, changed_ms = k.changed_ms, erased_ms = k.erased_ms FROM k WHERE rooms.id = k.id
        """
    )

    /// Their bytes are removed after the commit, by whichever hub comes first.
    private static let blobs = SQLBulk(
        [.text("id")],
        """
        INSERT INTO erased_blobs (digest, asks)
        SELECT DISTINCT a.digest, 1 FROM k CROSS JOIN attachments a WHERE a.id = k.id
        ON CONFLICT (digest) DO UPDATE SET asks = erased_blobs.asks + 1
        """
    )

    private static let attachments = SQLBulk(
        [.text("id")], "DELETE FROM attachments WHERE EXISTS (SELECT 1 FROM k WHERE k.id = attachments.id)")

    private static let answers = SQLBulk(
        [.text("id")],
        """
        UPDATE idempotency_keys SET body = '{"erased":true}' FROM k
        WHERE idempotency_keys.body LIKE '%' || k.id || '%'
        """
    )
}
