import Domain
import Testing

@testable import Storage

/// What becomes of people whose number changes.
@Suite struct WhatsAppNumberTests {
    private static let (old, new) = ("966501234567", "966507654321")

    private static func person(_ userID: String? = nil, _ phone: String? = nil, name: String? = "ليلى") throws
        -> WhatsAppPerson
    {
        try #require(WhatsAppPerson(userID: userID, phone: phone, name: name))
    }

    private static func meet(
        _ stores: StoreSet,
        _ fixture: StoreFixture,
        _ person: WhatsAppPerson,
        _ seconds: Int = 0,
        telling next: WhatsAppPerson? = nil
    ) async throws -> WhatsAppIdentity {
        try await stores.whatsApp.identity(
            of: person, at: "1", sentAt: sentAt(seconds), telling: next, NewWhatsAppIdentity(at: fixture.clock.now),
            fixture.writing())
    }

    private static func sentAt(_ seconds: Int) -> Timestamp {
        Timestamp(milliseconds: 1_750_000_000_000) + .seconds(seconds)
    }

    /// Somebody writes, `seconds` after the beginning.
    @discardableResult
    private static func write(
        _ stores: StoreSet,
        _ fixture: StoreFixture,
        _ person: WhatsAppPerson,
        _ seconds: Int
    ) async throws -> WhatsAppIdentity {
        let identity = try await meet(stores, fixture, person, seconds)
        let id = "\(person.key).\(seconds)"
        let origin = MessageOrigin(id: id, sentAt: sentAt(seconds))
        try await stores.append(
            identity.room, Samples.text("a", by: identity.participant, mid: id, origin: origin))
        return identity
    }

    private static func contact(of value: String, _ fixture: StoreFixture) async throws -> ContactID? {
        let rows = try await fixture.query("SELECT contact_id FROM crm_identities WHERE value = '\(value)'")
        guard case .text(let id)? = rows.first?.values.first else { return nil }
        return ContactID(id)
    }

    @Test(arguments: Engine.allCases)
    func aNewNumberThatWasToldKeepsConversationAndContact(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let laila = try await Self.write(stores, fixture, Self.person("SA.1", Self.old), 0)
            let contact = try #require(try await Self.contact(of: "+\(Self.old)", fixture))
            // Redone after a crash, it finds itself done.
            for _ in 0..<2 {
                let told = try await Self.meet(
                    stores, fixture, Self.person(nil, Self.old), 10, telling: Self.person(nil, Self.new))
                #expect(told.id == laila.id && told.phone == Self.new && told.userID == nil)
            }
            #expect(try await Self.contact(of: "+\(Self.new)", fixture) == contact)
            let later = try await Self.meet(stores, fixture, Self.person("SA.9", Self.new), 20)
            #expect(later.id == laila.id && later.userID == "SA.9")
            #expect(try await Self.contact(of: "SA.9", fixture) == contact)
            // What was sent before is theirs, with id or without; what is sent later is somebody else's.
            #expect(try await Self.meet(stores, fixture, Self.person(nil, Self.old), 9) == later)
            #expect(try await Self.meet(stores, fixture, Self.person("SA.1", Self.old), 9) == later)
            let stranger = try await Self.meet(stores, fixture, Self.person(nil, Self.old, name: "هند"), 11)
            #expect(stranger.id != laila.id)
            #expect(try await Self.meet(stores, fixture, Self.person(nil, Self.old), 9) == later)
            #expect(try await stores.conversations.inbox(InboxQuery(limit: 10)).count == 2)
        }
    }

    @Test(arguments: Engine.allCases)
    func whoWroteFromTheNewNumberFirstGoesOnInTheOldConversation(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let laila = try await Self.write(stores, fixture, Self.person("SA.1", Self.old), 0)
            let contact = try #require(try await Self.contact(of: "SA.1", fixture))
            fixture.clock.advance(.seconds(20))
            let early = try await Self.write(stores, fixture, Self.person("SA.2", Self.new), 12)
            #expect(early.id != laila.id)
            for _ in 0..<2 {
                let told = try await Self.meet(
                    stores, fixture, Self.person(nil, Self.old), 10, telling: Self.person(nil, Self.new))
                #expect(told.id == laila.id && told.room == laila.room && told.userID == "SA.2")
                // The window is open where they go on.
                #expect(told.lastInboundAt == Self.sentAt(12))
            }
            let joined = WhatsAppJoinedIdentity(id: early.id, room: early.room, at: Self.sentAt(10))
            #expect(try await stores.whatsApp.joined(to: laila.id) == [joined])
            #expect(try await stores.whatsApp.identity(in: early.room)?.id == laila.id)
            #expect(try await stores.rooms.room(early.room)?.conversation?.customer == .whatsapp(laila.id))
            #expect(try await Self.meet(stores, fixture, Self.person("SA.2", Self.new), 30).room == laila.room)
            #expect(try await Self.contact(of: "SA.2", fixture) == contact)
            #expect(try await Self.contact(of: "+\(Self.new)", fixture) == contact)
            let timeline = try await stores.contacts.timeline(
                of: contact, scope: .everything, sight: nil,
                ListRequest<TimelineSort, TimelineEntry.Kind?>(
                    filter: nil, order: ListOrder(TimelineSort.at), limit: 10))
            #expect(Set(timeline.items.map(\.id)) == [laila.room.text, early.room.text])
            let export = try await stores.persons.export(of: contact, scope: .everything, fixture.writing())
            #expect(Set(export.people.map(\.room)) == [laila.room, early.room])
        }
    }

    @Test(arguments: Engine.allCases)
    func whatIsOwedUnderTheNewNumberIsStillSent(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let laila = try await Self.write(stores, fixture, Self.person(nil, Self.old), 0)
            let early = try await Self.meet(stores, fixture, Self.person(nil, Self.new), 12)
            let now = fixture.clock.now
            let origin = MessageOrigin(id: "wamid.now", sentAt: now)
            try await stores.append(
                early.room, Samples.text("a", by: early.participant, mid: "1", origin: origin))
            try await stores.append(early.room, Samples.text("b", by: Samples.sara, mid: "2"))
            _ = try await Self.meet(
                stores, fixture, Self.person(nil, Self.old), 10, telling: Self.person(nil, Self.new))
            let rows = try await fixture.query("SELECT recipient FROM outbox WHERE state = 'queued'")
            #expect(rows.map(\.values) == [[.text(laila.id.text)]])
        }
    }

    @Test(arguments: Engine.allCases)
    func whoHadTheNewNumberBeforeKeepsTheirConversation(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let laila = try await Self.write(stores, fixture, Self.person(nil, Self.old), 0)
            let hind = try await Self.write(stores, fixture, Self.person(nil, Self.new, name: "هند"), 1)
            let told = try await Self.meet(
                stores, fixture, Self.person(nil, Self.old), 10, telling: Self.person(nil, Self.new))
            #expect(told.id == laila.id && told.phone == Self.new)
            #expect(try await stores.whatsApp.identity(hind.id)?.phone == nil)
            #expect(try await Self.meet(stores, fixture, Self.person(nil, Self.new), 9).id == hind.id)
            #expect(try await Self.meet(stores, fixture, Self.person(nil, Self.new), 11).id == laila.id)
        }
    }

    @Test(arguments: Engine.allCases)
    func formerNumbersGoWithThePerson(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let laila = try await Self.write(stores, fixture, Self.person("SA.1", Self.old), 0)
            let early = try await Self.write(stores, fixture, Self.person("SA.2", Self.new), 12)
            _ = try await Self.meet(
                stores, fixture, Self.person(nil, Self.old), 10, telling: Self.person(nil, Self.new))
            let contact = try #require(try await Self.contact(of: "SA.1", fixture))
            let report = try await stores.persons.erase(contact, scope: .everything, fixture.writing())
            #expect(report.conversations == 2 && report.messages == 2)
            #expect(try await fixture.query("SELECT value FROM whatsapp_former").isEmpty)
            let placeholder = try await stores.log(of: early.room).map(\.content.searchText)
            #expect(placeholder == [ErasureReport.placeholder])
            let again = try await Self.meet(stores, fixture, Self.person("SA.1", Self.old), 5)
            #expect(again.id != laila.id)
        }
    }
}
