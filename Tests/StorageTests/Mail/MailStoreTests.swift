import Domain
import Testing

@testable import Storage

@Suite struct MailStoreTests {
    @Test(arguments: Engine.allCases)
    func aMailIsOwedWithItsNoteAndItsAuditRow(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let mail = try fixture.mail(of: visitor.room)
            let answer: @Sendable (PostedMail) -> StoredAnswer = { mail in
                StoredAnswer(status: 202, location: nil, body: mail.id.text)
            }
            let once = Once(owner: "u", key: "k", fingerprint: "f", answer: answer)
            guard case .done(let posted) = try await stores.mail.post(mail, fixture.writing(once: once)) else {
                Issue.record("it was done before")
                return
            }
            let note = try #require(try await stores.log(of: posted.side).last)
            #expect(note.seq == posted.seq && note.content == .message(.text("note"), replyTo: nil))
            let entry = try #require(try await stores.outbox.entry(mail.id))
            #expect(entry.lane == OutboxLane(channel: .mail, number: "shop@example.com", recipient: "sara@example.net"))
            #expect(entry.content == .mail(mail.order) && entry.room == posted.side && entry.seq == posted.seq)
            let claimed = try await stores.outbox.claim(
                limit: 9, without: [], at: fixture.clock.now, OutboxLimits())
            #expect(claimed.map(\.id) == [mail.id])

            let again = try await stores.mail.post(fixture.mail(of: visitor.room), fixture.writing(once: once))
            guard case .repeated(let first) = again else {
                Issue.record("it was done twice")
                return
            }
            #expect(first.body == mail.id.text)
            #expect(try await stores.log(of: posted.side).count == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func nothingIsOwedWithoutAConversation(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let group = try await stores.makeRoom(.group, fixture)
            await #expect(throws: HubError.notFound("there is no such conversation")) {
                try await stores.mail.post(fixture.mail(of: group.id), fixture.writing())
            }
            #expect(try await stores.outbox.counts().isEmpty)
        }
    }
}

extension StoreFixture {
    func mail(
        of room: RoomID,
        _ purpose: MailOrder.Purpose = .transcript,
        to address: String = "sara@example.net",
        mid: MID = .fresh()
    ) throws -> MailPost {
        guard let recipient = EmailAddress(address) else { preconditionFailure("the test's address is malformed") }
        return MailPost(
            id: .make(at: clock.now), from: "shop@example.com", to: recipient,
            MailOrder(purpose, of: room, in: .arabic), author: .hub, mid: mid, note: "note")
    }
}
