import Domain
import Testing

@testable import Storage

/// Who writes on WhatsApp, and their conversations.
@Suite struct WhatsAppStoreTests {
    private static let number = "106540352242922"

    private static func person(_ userID: String? = nil, _ phone: String? = nil, name: String? = "ليلى") throws
        -> WhatsAppPerson
    {
        try #require(WhatsAppPerson(userID: userID, phone: phone, name: name))
    }

    private static func meet(
        _ stores: StoreSet,
        _ fixture: StoreFixture,
        _ person: WhatsAppPerson,
        at number: String = number,
        sentAt moment: Timestamp? = nil,
        telling next: WhatsAppPerson? = nil
    ) async throws -> WhatsAppIdentity {
        try await stores.whatsApp.identity(
            of: person, at: number, sentAt: moment ?? fixture.clock.now, telling: next,
            NewWhatsAppIdentity(at: fixture.clock.now), fixture.writing())
    }

    @Test(arguments: Engine.allCases)
    func aNewcomerGetsAConversationLikeAnyOther(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let laila = try await Self.meet(stores, fixture, Self.person(nil, "966501234567"))
            let room = try #require(try await stores.rooms.room(laila.room))
            let side = try #require(room.conversation?.side)
            #expect(room.conversation == Conversation(side: side, customer: .whatsapp(laila.id)))
            #expect(room.conversation?.channel == .whatsapp)
            #expect(try await stores.rooms.room(side)?.parent == laila.room)
            let line = try #require(try await stores.conversations.inbox(InboxQuery(limit: 10)).first)
            #expect(line.contact.participant == Participant(kind: .contact, id: laila.id.text, name: "ليلى"))
            #expect(line.contact.phone == "+966501234567" && line.contact.isVerified)
            try await stores.append(laila.room, Samples.text("مرحبا", by: laila.participant, mid: "1"))
            let waiting = try #require(try await stores.conversations.inbox(InboxQuery(limit: 10)).first)
            #expect(waiting.conversation.unread == 1 && waiting.conversation.waitingSince != nil)
            #expect(try await stores.whatsApp.identity(in: laila.room) == laila)
        }
    }

    @Test(arguments: Engine.allCases)
    func aPersonIsMetOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let first = try await Self.meet(stores, fixture, Self.person(nil, "966501234567"))
            // Later their user id is told, then it alone, with a new name.
            let both = try await Self.meet(stores, fixture, Self.person("SA.1", "966501234567"))
            let hidden = try await Self.meet(stores, fixture, Self.person("SA.1", nil, name: "ليلى م"))
            #expect(first.id == both.id && both.id == hidden.id)
            #expect(hidden.userID == "SA.1" && hidden.phone == "966501234567" && hidden.name == "ليلى م")
            // At another number of ours they are somebody else.
            #expect(try await Self.meet(stores, fixture, Self.person("SA.1"), at: "2").id != first.id)
            #expect(try await stores.conversations.inbox(InboxQuery(limit: 10)).count == 2)
        }
    }

    @Test(arguments: Engine.allCases)
    func aNumberThatWasGivenToSomebodyElseMovesOn(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let laila = try await Self.meet(stores, fixture, Self.person("SA.1", "966501234567"))
            let hind = try await Self.meet(stores, fixture, Self.person("SA.2", "966501234567", name: "هند"))
            #expect(hind.id != laila.id && hind.room != laila.room)
            #expect(try await stores.whatsApp.identity(laila.id)?.phone == nil)
            #expect(try await Self.meet(stores, fixture, Self.person("SA.1")).id == laila.id)
        }
    }

    @Test(arguments: Engine.allCases)
    func theContactOfTheNumberIsTheirs(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let phone = try #require(ContactIdentity(.phone, "+966501234567"))
            let known = try await stores.keep(fixture.contact("ليلى من المتجر", phone), fixture)
            let laila = try await Self.meet(stores, fixture, Self.person("SA.1", "966501234567"))
            let contact = try await stores.contacts.contact(known.id, scope: .everything)
            #expect(contact.identities.map(\.value) == ["+966501234567", "SA.1"])
            #expect(contact.name == "ليلى من المتجر" && contact.version == 2)
            let timeline = try await stores.contacts.timeline(
                of: known.id, scope: .everything, sight: nil,
                ListRequest<TimelineSort, TimelineEntry.Kind?>(
                    filter: nil, order: ListOrder(TimelineSort.at), limit: 10))
            #expect(timeline.items.map(\.id) == [laila.room.text])
            let hind = try await Self.meet(stores, fixture, Self.person(nil, "966500000000", name: "هند"))
            #expect(hind.id != laila.id)
        }
    }

    @Test(arguments: Engine.allCases)
    func manyHubsMeetAPersonOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            let person = try Self.person("SA.1", "966501234567")
            let ids = try await withThrowingTaskGroup(of: WhatsAppIdentityID.self) { group in
                for index in 0..<12 {
                    let hub = index.isMultiple(of: 2) ? stores : other
                    group.addTask {
                        while true {
                            do {
                                return try await Self.meet(hub, fixture, person).id
                            } catch let error as HubError where error.code == .busy {}
                        }
                    }
                }
                return try await group.reduce(into: Set<WhatsAppIdentityID>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await stores.conversations.inbox(InboxQuery(limit: 10)).count == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func messagesAreFoundByTheirIDs(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let laila = try await Self.meet(stores, fixture, Self.person(nil, "966501234567"))
            let origin = MessageOrigin(id: "wamid.1", sentAt: fixture.clock.now)
            let place = WhatsAppPlace(room: laila.room, seq: 1)
            for _ in 0..<2 {
                let draft = Samples.text("a", by: laila.participant, mid: "1", origin: origin)
                try await stores.append(laila.room, draft)
            }
            #expect(try await stores.whatsApp.places(of: ["wamid.1", "wamid.9"]) == ["wamid.1": place])
        }
    }

    private static func origin(_ number: Int, _ sentAt: Timestamp) -> MessageOrigin {
        MessageOrigin(id: "wamid.\(number)", sentAt: sentAt)
    }

    @Test(arguments: Engine.allCases)
    func aMessageOpensTheWindowByTheProvidersClock(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let laila = try await Self.meet(stores, fixture, Self.person(nil, "966501234567"))
            let moment = fixture.clock.now
            // One that comes late moves nothing back.
            for (number, sentAt) in [moment - .seconds(5), moment - .seconds(60)].enumerated() {
                let draft = Samples.text(
                    "a", by: laila.participant, mid: "\(number)", origin: Self.origin(number, sentAt))
                try await stores.append(laila.room, draft)
            }
            let hub = Participant.hub
            try await stores.append(laila.room, Samples.text("b", by: hub, mid: "2", origin: Self.origin(2, moment)))
            #expect(try await stores.whatsApp.identity(laila.id)?.lastInboundAt == moment - .seconds(5))
            let line = try #require(try await stores.conversations.inbox(InboxQuery(limit: 1)).first)
            #expect(line.conversation.window?.end == moment - .seconds(5) + .seconds(86_400))
        }
    }

    @Test(arguments: Engine.allCases)
    func theLastMessageOfTheCustomerIsFound(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let laila = try await Self.meet(stores, fixture, Self.person(nil, "966501234567"))
            let (moment, agent) = (fixture.clock.now, Samples.sara)
            for (number, author) in [laila.participant, laila.participant, agent].enumerated() {
                let draft = Samples.text("a", by: author, mid: "\(number)", origin: Self.origin(number, moment))
                try await stores.append(laila.room, draft)
            }
            func last(_ seq: SequenceNumber?, since: Timestamp) async throws -> String? {
                try await stores.whatsApp.lastInbound(in: laila.room, upTo: seq, since: since)
            }
            #expect(try await last(nil, since: moment) == "wamid.1")
            #expect(try await last(1, since: moment) == "wamid.0")
            #expect(try await last(nil, since: moment + .seconds(1)) == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func wishesAreKeptAndWrittenDown(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let laila = try await Self.meet(stores, fixture, Self.person(nil, "966501234567"))
            try await stores.whatsApp.setMarketing(stopped: true, of: laila.id, fixture.writing())
            #expect(try await stores.whatsApp.identity(laila.id)?.stoppedMarketing == true)
            try await stores.whatsApp.setMarketing(stopped: false, of: laila.id, fixture.writing())
            #expect(try await stores.whatsApp.identity(laila.id)?.stoppedMarketing == false)
        }
    }

    @Test(arguments: Engine.allCases)
    func anErasedPersonIsSomebodyNew(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let laila = try await Self.meet(stores, fixture, Self.person("SA.1", "966501234567", name: "planted"))
            try await stores.append(laila.room, Samples.text("planted", by: laila.participant, mid: "1"))
            _ = try await stores.webhooks.add(
                .whatsapp, body: Array(#"{"from":"966501234567"}"#.utf8), at: fixture.clock.now)
            let events = try await stores.webhooks.claim(.whatsapp, limit: 1, at: fixture.clock.now, lease: .seconds(1))
            try await stores.webhooks.finish(events.map(\.id), leaving: [], tracing: [:], at: fixture.clock.now)
            let row = try #require(
                try await fixture.query("SELECT contact_id FROM crm_identities WHERE value = 'SA.1'").first)
            guard case .text(let id) = row.values[0], let contact = ContactID(id) else {
                Issue.record("no contact")
                return
            }
            let report = try await stores.persons.erase(contact, scope: .everything, fixture.writing())
            #expect(report.conversations == 1 && report.messages == 1)
            let bodies = try await fixture.query("SELECT body FROM webhook_events")
            #expect(bodies.map(\.values) == [[.text("")]])
            let erased = try #require(try await stores.whatsApp.identity(laila.id))
            #expect(erased.userID == nil && erased.phone == nil && erased.name == nil)
            #expect(try await stores.log(of: laila.room).allSatisfy { $0.content.searchText != "planted" })
            #expect(try await Self.meet(stores, fixture, Self.person("SA.1", "966501234567")).id != laila.id)
        }
    }
}
