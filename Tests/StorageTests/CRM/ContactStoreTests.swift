import Domain
import Testing

@testable import Storage

@Suite struct ContactStoreTests {
    @Test(arguments: Engine.allCases)
    func whatIsAddedIsReadBackWhole(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let owner = try await stores.makeUser("عمر", fixture)
            let visitor = try await stores.makeVisitor(fixture)
            let contact = fixture.contact(
                "ليلى", try identity(.phone, "+966501234567"), try identity(.visitor, visitor.id.text)
            ) { contact in
                contact.language = "ar"
                contact.company = "متجر"
                contact.notes = "سطر\nسطران"
                contact.labels = ["vip", "جملة"]
                contact.owner = owner.id
                contact.fields = ["مدينة": "جدة"]
            }
            #expect(try await stores.contacts.add(contact, scope: .everything, fixture.writing()).value() == contact)
            #expect(try await stores.contacts.contact(contact.id, scope: .everything) == contact)
            let missing = try await code {
                _ = try await stores.contacts.contact(.make(at: fixture.clock.now), scope: .everything)
            }
            #expect(missing == .notFound)
        }
    }

    @Test(arguments: Engine.allCases)
    func aChangeReplacesWhatIsGiven(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let phone = try identity(.phone, "+966501234567")
            let email = try identity(.email, "a@b.example")
            let contact = try await stores.keep(fixture.contact("ليلى", phone) { $0.labels = ["vip"] }, fixture)
            fixture.clock.advance()
            let changed = try await stores.contacts.change(
                contact.id, scope: .everything, expected: 1, fixture.writing()
            ) { contact in
                contact.setIdentities([email])
                contact.labels = ["جملة"]
            }
            #expect(changed.version == 2 && changed.identities == [email] && changed.changedAt > contact.changedAt)
            #expect(try await stores.contacts.contact(contact.id, scope: .everything) == changed)
            let stale = try await code {
                _ = try await stores.contacts.change(
                    contact.id, scope: .everything, expected: 1, fixture.writing()
                ) { $0.name = "x" }
            }
            #expect(stale == .stale)
            // What was given up is free for another.
            try await stores.keep(fixture.contact("سعاد", phone), fixture)
        }
    }

    @Test(arguments: Engine.allCases)
    func anIdentityBelongsToOneContact(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let phone = try identity(.phone, "+966501234567")
            let owner = try await stores.makeUser("عمر", fixture)
            let stranger = try await stores.makeUser("نورة", fixture)
            let holder = try await stores.keep(fixture.contact("ليلى", phone) { $0.owner = owner.id }, fixture)
            for (user, isTold) in [(owner, true), (stranger, false)] {
                let second = fixture.contact("سعاد", phone)
                let error = await #expect(throws: HubError.self) {
                    _ = try await stores.contacts.add(second, scope: .agent(user.id), fixture.writing())
                }
                #expect(error?.code == .conflict)
                #expect(error?.fields.map(\.code) == ["taken"])
                #expect(error?.message.contains(holder.id.text) == isTold)
                let gone = try await code {
                    _ = try await stores.contacts.contact(second.id, scope: .everything)
                }
                #expect(gone == .notFound)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func whoTakesAnIdentityFirstHasIt(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            let shared = [try identity(.phone, "+966501234567"), try identity(.email, "a@b.example")]
            let results = try await withThrowingTaskGroup(of: HubError.Code?.self) { group in
                for number in 0..<12 {
                    let contacts = (number % 2 == 0 ? stores : other).contacts
                    var contact = fixture.contact("ليلى \(number)")
                    contact.setIdentities(number % 3 == 0 ? shared.reversed() : shared)
                    let added = contact
                    group.addTask {
                        try await code {
                            _ = try await contacts.add(added, scope: .everything, fixture.writing())
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0 == nil } == 1)
            #expect(results.count { $0 == .conflict } == 11)
            let all = ListRequest(filter: ContactFilter(scope: .everything), order: ContactSort.usual, limit: 50)
            #expect(try await stores.contacts.contacts(all).items.map(\.identities) == [shared.sorted()])
        }
    }

    @Test(arguments: Engine.allCases)
    func whatNamesNobodyIsRefused(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try identity(.visitor, VisitorID.make(at: fixture.clock.now).text)
            let owned = fixture.contact("ليلى") { $0.owner = .make(at: fixture.clock.now) }
            for contact in [fixture.contact("ليلى", visitor), owned] {
                let refused = try await code {
                    _ = try await stores.contacts.add(contact, scope: .everything, fixture.writing())
                }
                #expect(refused == .invalid)
            }
            #expect(try await fixture.query("SELECT * FROM crm_contacts").isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func filtersAndSearchNarrowTheList(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let owner = try await stores.makeUser("عمر", fixture)
            let phone = try identity(.phone, "+966501234567")
            let email = try identity(.email, "mona@b.example")
            try await stores.keep(
                fixture.contact("أحمد", phone) { $0.labels = ["vip", "100%"] }, fixture)
            fixture.clock.advance()
            let middle = fixture.clock.now
            try await stores.keep(
                fixture.contact("منى", email) { contact in
                    contact.company = "مؤسسة النخبة"
                    contact.owner = owner.id
                }, fixture)
            func found(_ search: String? = nil, _ change: (inout ContactFilter) -> Void = { _ in }) async throws
                -> [String]
            {
                var filter = ContactFilter(scope: .everything)
                change(&filter)
                let request = ListRequest(
                    filter: filter, search: search, order: ListOrder(ContactSort.name), limit: 10)
                return try await stores.contacts.contacts(request).items.map(\.name)
            }
            #expect(try await found() == ["أحمد", "منى"])
            #expect(try await found("احمد") == ["أحمد"])
            #expect(try await found("موسسه النخبه") == ["منى"])
            #expect(try await found("٥٠١٢٣") == ["أحمد"])
            #expect(try await found("mona@b.example") == ["منى"])
            #expect(try await found { $0.owner = .user(owner.id) } == ["منى"])
            #expect(try await found { $0.owner = .nobody } == ["أحمد"])
            #expect(try await found { $0.label = "100%" } == ["أحمد"])
            #expect(try await found { $0.label = "100" } == [])
            #expect(try await found { $0.identity = phone } == ["أحمد"])
            #expect(try await found { $0.identityKind = .email } == ["منى"])
            #expect(try await found { $0.createdFrom = middle } == ["منى"])
            #expect(try await found { $0.createdBefore = middle } == ["أحمد"])
        }
    }

    /// The log is never changed, so a person's data must not get into it.
    @Test(arguments: Engine.allCases)
    func theAuditLogHoldsNoPersonalData(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let contact = try await stores.keep(
                fixture.contact("planted-name", try identity(.email, "planted@b.example")) { contact in
                    contact.notes = "planted-note"
                    contact.labels = ["planted-label"]
                    contact.fields = ["k": "planted-field"]
                }, fixture)
            _ = try await stores.contacts.change(
                contact.id, scope: .everything, expected: nil, fixture.writing()
            ) { $0.name = "planted-again" }
            let rows = try await fixture.query("SELECT action, before_json, after_json FROM audit_logs ORDER BY seq")
            #expect(rows.map { $0.values[0] } == [.text("contact.created"), .text("contact.changed")])
            #expect(!"\(rows)".contains("planted"))
            #expect(rows[1].values[2] == .text(#"{"name":"•••"}"#))
        }
    }
}
