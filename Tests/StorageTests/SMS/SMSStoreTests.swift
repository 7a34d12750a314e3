import Domain
import Testing

@testable import Storage

@Suite struct SMSStoreTests {
    private static let phone = "+966501234567"

    private static func draft(to contact: ContactID, _ fixture: StoreFixture) throws -> SMSDraft {
        try SMSDraft(
            id: .make(at: fixture.clock.now), entry: .make(at: fixture.clock.now), contact: contact, phone: nil,
            text: "مرحبا", author: .make(at: fixture.clock.now))
    }

    private static func received(_ providerID: String, _ fixture: StoreFixture) -> ReceivedSMS {
        ReceivedSMS(
            id: .make(at: fixture.clock.now), providerID: providerID, phone: phone, text: "أهلا",
            at: fixture.clock.now)
    }

    @Test(arguments: Engine.allCases)
    func aMessageIsKeptAndOwedAndShowsHowFarItGot(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let contact = try await stores.keep(fixture.contact("ليلى", try identity(.phone, Self.phone)), fixture)
            let draft = try Self.draft(to: contact.id, fixture)
            let sent = try await stores.sms.send(draft, scope: .everything, fixture.writing()).value()
            #expect(sent.phone == Self.phone && sent.status == .queued)
            #expect(try await stores.sms.message(sent.id, scope: .everything) == sent)
            let claimed = try await stores.outbox.claim(
                limit: 9, without: [], at: fixture.clock.now, OutboxLimits())
            let entry = try #require(claimed.first)
            #expect(entry.id == draft.entry && entry.lane == .sms(to: Self.phone) && entry.content == .sms(sent.id))
            #expect(try await stores.sms.letter(sent.id) == SMSLetter(text: "مرحبا", known: []))
            try await stores.outbox.change(entry.id) { _ = $0.hear(.delivered, id: "SM1", problem: nil) }
            let now = try await stores.sms.message(sent.id, scope: .everything)
            #expect(now.status == .delivered && now.version > sent.version)
            #expect(try await stores.sms.letter(sent.id)?.known == ["SM1"])
            #expect(try await stores.outbox.untold(limit: 9) == [], "no room shows it")
        }
    }

    @Test(arguments: Engine.allCases)
    func nothingIsSentToWhoCannotBeReached(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let contact = try await stores.keep(fixture.contact("ليلى"), fixture)
            for id in [contact.id, .make(at: fixture.clock.now)] {
                let draft = try Self.draft(to: id, fixture)
                let refused = try await code {
                    _ = try await stores.sms.send(draft, scope: .everything, fixture.writing())
                }
                #expect(refused == .invalid)
            }
            #expect(try await stores.outbox.counts().isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func whatCameIsKeptOnceAndGoesWithItsPhone(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let first = try await stores.sms.receive(Self.received("SM1", fixture))
            #expect(first.conversation == nil && first.contact == nil && first.status == nil)
            #expect(try await stores.sms.receive(Self.received("SM1", fixture)) == first)
            let visitor = try await stores.makeVisitor(fixture, verified: "user-7")
            let contact = try await stores.keep(
                fixture.contact("ليلى", try identity(.phone, Self.phone), try identity(.visitor, visitor.id.text)),
                fixture)
            fixture.clock.advance()
            let second = try await stores.sms.receive(Self.received("SM2", fixture))
            #expect(second.conversation == visitor.room && second.contact == contact.id)
            var filter = SMSFilter(scope: .everything)
            filter.contact = contact.id
            filter.direction = .incoming
            let page = try await stores.sms.messages(
                ListRequest(filter: filter, order: SMSSort.usual, limit: 9))
            #expect(page.items.map(\.id) == [second.id, first.id])
        }
    }

    @Test(arguments: Engine.allCases)
    func aStrangerToTheContactSeesNone(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (omar, noura) = (
                try await stores.makeUser("عمر", fixture), try await stores.makeUser("نورة", fixture)
            )
            let contact = try await stores.keep(
                fixture.contact("ليلى", try identity(.phone, Self.phone)) { $0.owner = noura.id }, fixture)
            let came = try await stores.sms.receive(Self.received("SM1", fixture))
            #expect(try await stores.sms.message(came.id, scope: .agent(noura.id)).contact == contact.id)
            let hidden = try await code { _ = try await stores.sms.message(came.id, scope: .agent(omar.id)) }
            #expect(hidden == .notFound)
            let list = try await stores.sms.messages(
                ListRequest(filter: SMSFilter(scope: .agent(omar.id)), order: SMSSort.usual, limit: 9))
            #expect(list.items.isEmpty)
        }
    }
}
