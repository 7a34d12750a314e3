import Domain
import Testing

@testable import Storage

@Suite struct MergeTests {
    /// Two contacts with everything a contact can have.
    private struct Pair {
        let kept: CRMContact
        let ended: CRMContact
        let lead: Lead
        let deal: Deal
        let room: RoomID
    }

    private static func pair(_ stores: StoreSet, _ fixture: StoreFixture) async throws -> Pair {
        let visitor = try await stores.makeVisitor(fixture)
        let kept = try await stores.keep(
            fixture.contact("ليلى", try identity(.phone, "+966501234567")) { $0.labels = ["vip"] }, fixture)
        let ended = try await stores.keep(
            fixture.contact("Layla", try identity(.visitor, visitor.id.text), try identity(.email, "l@b.example")) {
                $0.labels = ["web"]
            }, fixture)
        let lead = try await stores.keep(fixture.lead("ل") { $0.contact = ended.id }, fixture)
        let deal = try await stores.keep(fixture.newDeal("ص", of: ended.id), fixture)
        let note = ContactNote(
            id: .make(at: fixture.clock.now), contact: ended.id, text: "ملاحظة", authorName: "سارة",
            at: fixture.clock.now)
        _ = try await stores.contacts.add(note, scope: .everything, fixture.writing())
        try await stores.keep(fixture.newDeal("ص", of: kept.id), fixture)
        fixture.clock.advance()
        return Pair(kept: kept, ended: ended, lead: lead, deal: deal, room: visitor.room)
    }

    /// All that belongs to whom: what a merge moves and its undoing gives back.
    private static func belongings(_ fixture: StoreFixture) async throws -> [String] {
        try await fixture.query(
            """
            SELECT kind || value, contact_id FROM crm_identities
            UNION ALL SELECT id, contact_id FROM crm_leads
            UNION ALL SELECT id, contact_id FROM crm_deals
            UNION ALL SELECT id, contact_id FROM crm_notes
            UNION ALL SELECT id, contact_id FROM progress_goals
            UNION ALL SELECT id, learner_id FROM training_enrolments WHERE learner_kind = 'contact'
            """
        ).map { "\($0.values)" }.sorted()
    }

    @Test(arguments: Engine.allCases)
    func whatOneHadTheOtherHas(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let pair = try await Self.pair(stores, fixture)
            let merge = try await stores.merging.merge(
                pair.ended.id, into: pair.kept.id, scope: .everything, fixture.writing()
            ).value()
            #expect(merge.moved.leads == [pair.lead.id] && merge.moved.deals == [pair.deal.id])
            #expect(merge.moved.identities == pair.ended.identities && merge.moved.notes.count == 1)
            let kept = try await stores.contacts.contact(pair.kept.id, scope: .everything)
            #expect(kept.identities == (pair.kept.identities + pair.ended.identities).sorted())
            #expect(kept.labels == ["vip"] && kept.version == 2)
            let gone = await #expect(throws: HubError.self) {
                _ = try await stores.contacts.contact(pair.ended.id, scope: .everything)
            }
            #expect(gone?.code == .notFound && gone?.fields.first?.detail == pair.kept.id.text)
            let all = ListRequest(filter: ContactFilter(scope: .everything), order: ContactSort.usual, limit: 10)
            #expect(try await stores.contacts.contacts(all).items == [kept])
            var found = all
            found = ListRequest(
                filter: all.filter, search: "l@b.example", order: ContactSort.usual, limit: 10)
            #expect(try await stores.contacts.contacts(found).items == [kept])
            let timeline = try await stores.contacts.timeline(
                of: kept.id, scope: .everything, sight: nil,
                ListRequest<TimelineSort, TimelineEntry.Kind?>(filter: nil, order: TimelineSort.usual, limit: 10))
            #expect(Set(timeline.items.map(\.kind)) == [.conversation, .lead, .deal, .note])
            #expect(timeline.items.count == 5 && timeline.items.contains { $0.id == pair.room.text })
            // Nothing new can be hung on the one that ended.
            let late = try await code { _ = try await stores.keep(fixture.newDeal("ص", of: pair.ended.id), fixture) }
            #expect(late == .invalid)
        }
    }

    @Test(arguments: Engine.allCases)
    func undoingGivesBackExactlyWhatMoved(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let pair = try await Self.pair(stores, fixture)
            let before = try await Self.belongings(fixture)
            _ = try await stores.merging.merge(
                pair.ended.id, into: pair.kept.id, scope: .everything, fixture.writing())
            #expect(try await Self.belongings(fixture) != before)
            // What came to the kept one since stays there.
            let later = try await stores.keep(fixture.lead("جديدة") { $0.contact = pair.kept.id }, fixture)
            let undone = try await stores.merging.unmerge(pair.ended.id, scope: .everything, fixture.writing()).value()
            #expect(undone.undoneAt == fixture.clock.now)
            let after = try await Self.belongings(fixture)
            #expect(after.filter { !$0.contains(later.id.text) } == before)
            let ended = try await stores.contacts.contact(pair.ended.id, scope: .everything)
            #expect(ended.identities == pair.ended.identities && ended.name == "Layla" && ended.labels == ["web"])
            let kept = try await stores.contacts.contact(pair.kept.id, scope: .everything)
            #expect(kept.identities == pair.kept.identities)
            let again = try await code {
                _ = try await stores.merging.unmerge(pair.ended.id, scope: .everything, fixture.writing())
            }
            #expect(again == .notFound)
            // And it can be merged once more.
            _ = try await stores.merging.merge(
                pair.ended.id, into: pair.kept.id, scope: .everything, fixture.writing())
        }
    }

    @Test(arguments: Engine.allCases)
    func whatChangedSinceIsNotUndone(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let pair = try await Self.pair(stores, fixture)
            _ = try await stores.merging.merge(
                pair.ended.id, into: pair.kept.id, scope: .everything, fixture.writing())
            let email = try identity(.email, "l@b.example")
            _ = try await stores.contacts.change(
                pair.kept.id, scope: .everything, expected: nil, fixture.writing()
            ) { contact in
                contact.setIdentities(contact.identities.filter { $0 != email })
            }
            let before = try await Self.belongings(fixture)
            let refused = try await code {
                _ = try await stores.merging.unmerge(pair.ended.id, scope: .everything, fixture.writing())
            }
            #expect(refused == .conflict)
            #expect(try await Self.belongings(fixture) == before)
            _ = try await stores.contacts.change(
                pair.kept.id, scope: .everything, expected: nil, fixture.writing()
            ) { contact in
                contact.setIdentities(contact.identities + [email])
            }
            _ = try await stores.merging.unmerge(pair.ended.id, scope: .everything, fixture.writing()).value()
        }
    }

    @Test(arguments: Engine.allCases)
    func mergesAreUndoneInTheirOrder(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            var contacts: [ContactID] = []
            for number in 1...3 {
                let contact = fixture.contact("\(number)", try identity(.zid, "\(number)"))
                contacts.append(try await stores.keep(contact, fixture).id)
            }
            func merge(_ from: Int, _ into: Int) async throws {
                _ = try await stores.merging.merge(
                    contacts[from], into: contacts[into], scope: .everything, fixture.writing()
                ).value()
            }
            func unmerge(_ from: Int) async throws -> HubError.Code? {
                try await code {
                    _ = try await stores.merging.unmerge(contacts[from], scope: .everything, fixture.writing())
                }
            }
            try await merge(0, 1)
            try await merge(1, 2)
            #expect(try await code { try await merge(2, 2) } == .invalid)
            #expect(try await code { try await merge(0, 2) } == .invalid)
            #expect(try await unmerge(0) == .conflict)
            #expect(try await unmerge(1) == nil)
            #expect(try await unmerge(0) == nil)
            for (number, contact) in contacts.enumerated() {
                let values = try await stores.contacts.contact(contact, scope: .everything).identities.map(\.value)
                #expect(values == ["\(number + 1)"])
            }
        }
    }

    /// Two hubs merge the same two contacts, each into the other.
    @Test(arguments: Engine.allCases)
    func mergesThatRaceHappenOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            let pair = try await Self.pair(stores, fixture)
            let results = try await withThrowingTaskGroup(of: HubError.Code?.self) { group in
                for number in 0..<8 {
                    let merging = (number % 2 == 0 ? stores : other).merging
                    let (from, into) =
                        number % 2 == 0 ? (pair.kept.id, pair.ended.id) : (pair.ended.id, pair.kept.id)
                    group.addTask {
                        try await code {
                            _ = try await merging.merge(from, into: into, scope: .everything, fixture.writing())
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0 == nil } == 1)
            #expect(results.allSatisfy { [nil, .invalid, .notFound].contains($0) })
        }
    }
}
