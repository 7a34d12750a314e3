import Domain
import Testing

@testable import Storage

/// What the customer of a conversation may be told, and is sent again.
@Suite struct CustomerOrderTests {
    /// A customer who is known, one of whom nobody knows whether they are, and one on WhatsApp; each with an order.
    private struct Street {
        let known: Visitor
        let stranger: Visitor
        let phone: WhatsAppIdentity

        init(_ stores: StoreSet, _ fixture: StoreFixture) async throws {
            known = try await stores.makeVisitor(fixture, verified: "user-1")
            stranger = try await stores.makeVisitor(fixture)
            let person = try #require(WhatsAppPerson(userID: nil, phone: "966501234567", name: "نورة"))
            phone = try await stores.whatsApp.identity(
                of: person, at: "1", sentAt: fixture.clock.now, telling: nil,
                NewWhatsAppIdentity(at: fixture.clock.now), fixture.writing())
            // Who writes on WhatsApp is a contact at once.
            var contacts = ["P": try #require(try await stores.contacts.contact(inConversation: phone.room))]
            for (name, visitor) in [("K", known), ("S", stranger)] {
                contacts[name] = try await stores.keep(
                    fixture.contact(name, try identity(.visitor, visitor.id.text)), fixture
                ).id
            }
            for (name, contact) in contacts {
                for number in 1...2 {
                    fixture.clock.advance()
                    try await stores.keep(try fixture.order("\(name)-\(number)") { $0.contact = contact }, fixture)
                }
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func everybodyIsToldOfTheirOwnAlone(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let street = try await Street(stores, fixture)
            func numbers(_ room: RoomID, _ number: String? = nil) async throws -> [String] {
                try await stores.orders.orders(ofCustomerIn: room, number: number, limit: 5).orders.map(\.number)
            }
            #expect(try await numbers(street.known.room) == ["K-2", "K-1"])
            #expect(try await numbers(street.phone.room) == ["P-2", "P-1"])
            #expect(try await numbers(street.known.room, "#k ١") == ["K-1"])
            #expect(try await numbers(street.known.room, "P-1") == [])
            #expect(try await numbers(street.known.room, "' OR 1=1 --") == [])
            // Everybody can say that they are somebody: what staff tied to that person is not theirs for it.
            #expect(try await numbers(street.stranger.room) == [])
            #expect(try await numbers(street.stranger.room, "S-1") == [])
            let here = try await stores.orders.orders(ofCustomerIn: street.stranger.room, number: nil, limit: 5)
            #expect(here.contact == nil)
            // What was ordered in the conversation itself, they know.
            try await stores.keep(try fixture.order("H-1") { $0.conversation = street.stranger.room }, fixture)
            #expect(try await numbers(street.stranger.room) == ["H-1"])
        }
    }

    @Test(arguments: Engine.allCases)
    func codesAreSentAgainToTheirOwner(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let street = try await Street(stores, fixture)
            let shelf = try await CodeShelf(stores, fixture)
            try await shelf.stock((1...6).map { "code-number-\($0)" })
            let mine = try await shelf.allocate(1, to: .order("K-1"))
            fixture.clock.advance()
            let here = try await shelf.allocate(1, to: .conversation(street.known.room))
            let foreign = try await shelf.allocate(1, to: .order("P-1")) + shelf.allocate(1, to: .order("S-1"))
            _ = try await shelf.allocate(
                1, .reserve(until: fixture.clock.now + .seconds(60)), to: .conversation(street.known.room))
            func owned(_ room: RoomID, _ order: String? = nil) async throws -> [CodeID] {
                try await stores.codes.owned(byCustomerIn: room, order: order, limit: 10).map(\.code.id)
            }
            #expect(try await owned(street.known.room) == (here + mine).map(\.id))
            #expect(try await owned(street.known.room, "k1") == [])
            #expect(try await owned(street.known.room, "k-1") == mine.map(\.id))
            #expect(try await owned(street.known.room, "P-1") == [])
            #expect(try await owned(street.phone.room) == [foreign[0].id])
            #expect(try await owned(street.stranger.room) == [])

            try await stores.append(
                street.known.room, Samples.draft(.assignment(to: .assistant, epoch: 0), by: .hub, mid: "a"))
            func send(_ codes: [DigitalCode], _ run: Int64, epoch: Int64 = 1) async throws -> HandedOver {
                let id = AssistantRun.ID(room: street.known.room, question: SequenceNumber(run), epoch: epoch)
                let marks = codes.map { CodeText.Mark($0.id, product: "ب") }
                let message = Draft(
                    author: .assistant, mid: .codes(of: id),
                    content: .message(.codes(try CodeText("codes", marks: marks)), replyTo: nil),
                    basis: WriteBasis(epoch: epoch))
                let resend = CodeResend(
                    codes: codes.map(\.id), room: street.known.room, message: message, maxSendings: 2,
                    period: .seconds(60))
                return try await stores.codes.sendAgain(resend, fixture.writing()).value()
            }
            let first = try await send(mine, 1)
            #expect(try await send(mine, 1).seq == first.seq)
            #expect(try await code { _ = try await send(here, 1) } == .midConflict)
            #expect(try await code { _ = try await send(foreign, 2) } == .conflict)
            #expect(try await code { _ = try await send(mine, 2, epoch: 7) } == .conflict)
            let revealed = try await fixture.query("SELECT seq FROM audit_logs WHERE action = 'code.revealed'")
            #expect(revealed.count == 1)
            _ = try await send(here, 3)
            #expect(try await code { _ = try await send(mine, 4) } == .rateLimited)
            fixture.clock.advance(.seconds(61))
            _ = try await send(mine, 4)
            let messages = try await stores.log(of: street.known.room).filter { $0.content.kind == .message }
            #expect(messages.count == 3)
        }
    }
}
