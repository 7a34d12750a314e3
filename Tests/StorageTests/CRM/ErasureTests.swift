import Domain
import Testing

@testable import Storage

@Suite struct ErasureTests {
    /// A person whose data is in every place that data of persons gets to, each piece with `planted` in it.
    private static func person(_ stores: StoreSet, _ fixture: StoreFixture) async throws -> (ContactID, Visitor) {
        try await stores.listen(fixture)
        let visitor = try await stores.makeVisitor(fixture, name: "planted-visitor", verified: "planted-user")
        _ = try await stores.conversations.update(
            visitor.id,
            profile: VisitorProfile(email: "planted@v.example", phone: "planted-phone", page: "https://x/planted"),
            verifiedUserID: nil,
            at: fixture.clock.now
        )
        try await stores.append(
            visitor.room,
            Samples.text("planted question", by: visitor.participant, mid: "1"),
            Samples.text("dear planted", by: Samples.sara, mid: "2"),
            Samples.draft(
                .edit(target: 1, body: .text("planted edit")), by: visitor.participant, mid: "3"))
        let side = try #require(try await stores.rooms.room(visitor.room)?.conversation?.side)
        try await stores.append(side, Samples.text("about planted", by: Samples.sara, mid: "4"))
        _ = try await stores.mail.post(
            fixture.mail(of: visitor.room, to: "planted@mail.example"), fixture.writing())
        try await stores.attachments.add(
            Attachment(
                id: .unguessable(), digest: "0", name: "planted.png", type: "image/png", size: 1, width: nil,
                height: nil, uploader: visitor.participant, createdAt: fixture.clock.now))
        let twin = try await stores.keep(
            fixture.contact("planted-twin", try identity(.email, "planted@twin.example")), fixture)
        let answer: @Sendable (CRMContact) -> StoredAnswer = { contact in
            StoredAnswer(status: 201, location: nil, body: JSONValue.object(contact.document).text)
        }
        let contact = try await stores.contacts.add(
            fixture.contact("planted-name", try identity(.visitor, visitor.id.text), try identity(.zid, "planted")) {
                contact in
                contact.company = "planted-company"
                contact.notes = "planted-notes"
                contact.labels = ["planted-label"]
                contact.fields = ["planted-key": "planted-value"]
            },
            scope: .everything,
            fixture.writing(once: Once(owner: "u", key: "k", fingerprint: "f", answer: answer))
        ).value()
        let lead = try await stores.keep(
            fixture.lead("planted-lead") { lead in
                lead.contact = contact.id
                lead.email = "planted@lead.example"
                lead.notes = "planted-notes"
            }, fixture)
        let deal = try await stores.keep(fixture.newDeal("planted-title", of: contact.id) { $0.amount = 77 }, fixture)
        _ = try await stores.deals.change(
            deal.id, scope: .everything, expected: nil, fixture.writing()
        ) { deal in
            deal.state = .lost
            deal.lostReason = "planted-reason"
        }
        let note = ContactNote(
            id: .make(at: fixture.clock.now), contact: contact.id, text: "planted-note", authorName: "سارة",
            at: fixture.clock.now)
        _ = try await stores.contacts.add(note, scope: .everything, fixture.writing())
        var goal = ProgressGoal(id: .make(at: fixture.clock.now), contact: twin.id, at: fixture.clock.now)
        goal.title = "planted-goal"
        goal.target = 3
        _ = try await stores.progress.add(goal, scope: .everything, fixture.writing())
        _ = try await stores.progress.checkIn(goal.id, scope: .everything, fixture.writing()) { goal in
            let now = fixture.clock.now
            return try goal.checkIn(.make(at: now), .delta(1), note: "planted-check-in", by: "سارة", at: now)
        }
        let phone = "+966501234567"
        _ = try await stores.contacts.change(
            twin.id, scope: .everything, expected: nil, fixture.writing()
        ) { [extra = try identity(.phone, phone)] in $0.setIdentities($0.identities + [extra]) }
        let draft = try SMSDraft(
            id: .make(at: fixture.clock.now), entry: .make(at: fixture.clock.now), contact: twin.id, phone: nil,
            text: "planted-sms", author: .make(at: fixture.clock.now))
        let kept: @Sendable (SMSMessage) -> StoredAnswer = { message in
            StoredAnswer(status: 201, location: nil, body: JSONValue.object(message.document).text)
        }
        _ = try await stores.sms.send(
            draft, scope: .everything,
            fixture.writing(once: Once(owner: "u", key: "sms", fingerprint: "f", answer: kept)))
        _ = try await stores.sms.receive(
            ReceivedSMS(
                id: .make(at: fixture.clock.now), providerID: "SM1", phone: phone, text: "planted-answer",
                at: fixture.clock.now))
        _ = try await stores.merging.merge(twin.id, into: contact.id, scope: .everything, fixture.writing())
        _ = lead
        try await stores.plan(fixture)
        return (contact.id, visitor)
    }

    /// Every text of every table, as a database tool would show it.
    private static func texts(_ fixture: StoreFixture) async throws -> [String] {
        let tables =
            switch fixture.engine {
            case .sqlite: "SELECT name FROM sqlite_master WHERE type = 'table'"
            case .postgres: "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            }
        var texts: [String] = []
        for row in try await fixture.query(tables) {
            guard case .text(let table) = row.values[0] else { continue }
            for row in try await fixture.query("SELECT * FROM \(table)") {
                for case .text(let text) in row.values { texts.append("\(table): \(text)") }
            }
        }
        return texts
    }

    @Test(arguments: Engine.allCases)
    func nothingOfThePersonIsLeft(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (contact, visitor) = try await Self.person(stores, fixture)
            let planted = try await Self.texts(fixture).filter { $0.contains("planted") }
            let tables = Set(planted.compactMap { $0.split(separator: ":").first.map(String.init) })
            #expect(try await stores.rooms.search("planted", scope: .room(visitor.room), limit: 10).count == 2)
            #expect(
                tables.isSuperset(of: [
                    "attachments", "crm_contacts", "crm_identities", "crm_contact_labels", "crm_leads", "crm_deals",
                    "crm_notes", "crm_merges", "hook_events", "idempotency_keys", "outbox", "progress_goals",
                    "progress_check_ins",
                    "room_events", "rooms", "visitors",
                ]), "\(tables.sorted())")
            #expect(!tables.contains("audit_logs"))
            fixture.clock.advance()

            let report = try await stores.persons.erase(contact, scope: .everything, fixture.writing())
            #expect(report.contacts.count == 2 && report.leads == 1 && report.deals == 1 && report.notes == 1)
            #expect(report.conversations == 1 && report.messages == 5 && report.files == 1)
            #expect(try await Self.texts(fixture).filter { $0.contains("planted") } == [])
            #expect(try await stores.rooms.search("planted", scope: .room(visitor.room), limit: 10).isEmpty)
            #expect(try await stores.conversations.visitor(verifiedUserID: "planted-user") == nil)
            #expect(try await fixture.query("SELECT hash FROM visitor_tokens").isEmpty)

            // The rest of the shop goes on: the log reads, the deal counts, the contact is gone.
            let events = try await stores.log(of: visitor.room)
            #expect(events.map(\.content.kind) == [.message, .message, .edit])
            #expect(events[1].author.name == Samples.sara.name && events[0].author.name == Visitor.nameless)
            #expect(try await stores.conversations.inbox(InboxQuery(limit: 10)).map(\.room.id) == [visitor.room])
            let deals = ListRequest(filter: DealFilter(scope: .everything), order: DealSort.usual, limit: 10)
            #expect(try await stores.deals.deals(deals).items.map(\.amount) == [77])
            for attempt in ["read", "erase"] {
                let gone = try await code {
                    if attempt == "read" {
                        _ = try await stores.contacts.contact(contact, scope: .everything)
                    } else {
                        _ = try await stores.persons.erase(contact, scope: .everything, fixture.writing())
                    }
                }
                #expect(gone == .notFound)
            }
        }
    }

    /// Of two people who sent the same picture one is erased, then the other.
    @Test(arguments: Engine.allCases)
    func bytesAreRemovedWithTheLastFileThatHasThem(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let digest = String(repeating: "ab", count: 32)
            var contacts: [ContactID] = []
            for _ in 0..<2 {
                let visitor = try await stores.makeVisitor(fixture)
                let contact = fixture.contact("ليلى", try identity(.visitor, visitor.id.text))
                contacts.append(try await stores.keep(contact, fixture).id)
                for _ in 0..<2 {
                    try await stores.attachments.add(
                        Attachment(
                            id: .unguessable(), digest: digest, name: "a.png", type: "image/png", size: 1, width: nil,
                            height: nil, uploader: visitor.participant, createdAt: fixture.clock.now))
                }
            }
            #expect(try await stores.attachments.erasedBlobs(limit: 10) == [])
            _ = try await stores.persons.erase(contacts[0], scope: .everything, fixture.writing())
            let first = try await stores.attachments.erasedBlobs(limit: 10)
            #expect(first.map(\.digest) == [digest])
            #expect(try await stores.attachments.isReferred(digest: digest))
            // While the first asking is looked at, the second comes: it is not lost.
            _ = try await stores.persons.erase(contacts[1], scope: .everything, fixture.writing())
            for blob in first { try await stores.attachments.settle(blob) }
            let second = try await stores.attachments.erasedBlobs(limit: 10)
            #expect(second.map(\.digest) == [digest] && second != first)
            #expect(try await !stores.attachments.isReferred(digest: digest))
            for blob in second { try await stores.attachments.settle(blob) }
            #expect(try await stores.attachments.erasedBlobs(limit: 10) == [])
        }
    }

    @Test(arguments: Engine.allCases)
    func othersKeepTheirs(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture, name: "باقية")
            try await stores.append(visitor.room, Samples.text("سؤال", by: visitor.participant, mid: "1"))
            let other = try await stores.keep(
                fixture.contact("باقية", try identity(.visitor, visitor.id.text)) { $0.labels = ["vip"] }, fixture)
            try await stores.keep(fixture.newDeal("ص", of: other.id), fixture)
            let before = try await Self.texts(fixture)
            let contact = try await stores.keep(fixture.contact("محذوفة"), fixture)
            _ = try await stores.persons.erase(contact.id, scope: .everything, fixture.writing())
            let after = Set(try await Self.texts(fixture))
            // The end of the audit log is meant to change, and texts move under the index by themselves.
            let lost = before.filter { text in
                !after.contains(text) && !text.hasPrefix("audit_head") && !text.hasPrefix("message_search")
            }
            #expect(lost == [])
            #expect(try await stores.rooms.search("سؤال", scope: .room(visitor.room), limit: 10).count == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func anExportHoldsAllOfIt(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (contact, visitor) = try await Self.person(stores, fixture)
            let export = try await stores.persons.export(of: contact, scope: .everything, fixture.writing())
            #expect(export.contact.name == "planted-name" && export.merged.map(\.name) == ["planted-twin"])
            #expect(export.notes.map(\.text) == ["planted-note"] && export.leads.count == 1)
            #expect(export.deals.map(\.lostReason) == ["planted-reason"] && export.moves.count == 2)
            #expect(export.visitors.map(\.id) == [visitor.id])
            #expect(export.goals.map(\.title) == ["planted-goal"])
            #expect(export.checkIns.map(\.note) == ["planted-check-in"])
            let log = try await fixture.query("SELECT action FROM audit_logs ORDER BY seq DESC LIMIT 1")
            #expect(log.map(\.values) == [[.text("contact.exported")]])
        }
    }
}
