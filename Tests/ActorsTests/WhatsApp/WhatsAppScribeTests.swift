import Domain
import HubTestKit
import Storage
import Synchronization
import Testing

@testable import Actors

/// What WhatsApp tells is written once, wherever the hub stopped the first time.
@Suite struct WhatsAppScribeTests {
    private static let (old, new) = ("966501234567", "966507654321")
    private static let change = Timestamp(milliseconds: 1_750_000_000_000)

    /// Where the hub dies while it writes that a number changed.
    enum Death: CaseIterable {
        case never, afterTheIdentity, afterTheNotice, afterTheMessage
    }

    private static func item(_ id: String, from phone: String, _ seconds: Int, _ content: WhatsAppContent) throws
        -> WhatsAppItem
    {
        let person = try #require(WhatsAppPerson(userID: nil, phone: phone))
        let message = WhatsAppMessage(
            number: "1", id: "wamid.\(id)", person: person, sentAt: change + .seconds(seconds), content: content)
        return WhatsAppItem(content: .message(message), source: .null)
    }

    private static func told() throws -> WhatsAppItem {
        let change = WhatsAppSystemChange(type: "user_changed_number", text: "changed", newPhone: new)
        return try item("change", from: old, 0, .system(change))
    }

    @Test(arguments: Death.allCases)
    func aChangeIsCompletedAfterADeath(_ death: Death) async throws {
        try await ActorsFixture.with { fixture in
            let log = Mutex<InterruptedRoomStore?>(nil)
            let hub = try await fixture.hub(
                .set { settings in
                    settings.wrap = { store in
                        let interrupted = InterruptedRoomStore(store)
                        log.withLock { $0 = interrupted }
                        return interrupted
                    }
                })
            let people = hub.stores.whatsApp
            let scribe = WhatsAppScribe(
                people: people, rooms: hub.log, gateway: hub.directory, outbox: hub.stores.outbox,
                now: { .present })
            #expect(try await scribe.write(Self.item("1", from: Self.old, -10, .text("من القديم"))) == .done)
            // They wrote from the new number before the change was told.
            #expect(try await scribe.write(Self.item("2", from: Self.new, 5, .text("من الجديد"))) == .done)
            let places = try await people.places(of: ["wamid.1", "wamid.2"])
            let (first, early) = (try #require(places["wamid.1"]?.room), try #require(places["wamid.2"]?.room))
            #expect(first != early)

            switch death {
            case .never: break
            case .afterTheIdentity:
                let moment = Timestamp.present
                _ = try await people.identity(
                    of: #require(WhatsAppPerson(userID: nil, phone: Self.old)), at: "1", sentAt: Self.change,
                    telling: WhatsAppPerson(userID: nil, phone: Self.new), NewWhatsAppIdentity(at: moment),
                    Writing(by: .system, at: moment))
            case .afterTheNotice, .afterTheMessage:
                let lost = death == .afterTheNotice ? 0 : 1
                let count = Mutex(0)
                try #require(log.withLock { $0 }).change { plan in
                    plan.beforeAppend = {
                        let isLast = count.withLock { count in
                            defer { count += 1 }
                            return count == lost
                        }
                        if isLast { log.withLock { $0 }?.change { $0.lostAnswers = 1 } }
                    }
                }
                await #expect(throws: HubError.self) { try await scribe.write(Self.told()) }
                log.withLock { $0 }?.change { $0.beforeAppend = nil }
            }
            for _ in 0..<2 { #expect(try await scribe.write(Self.told()) == .done) }
            #expect(try await scribe.write(Self.item("3", from: Self.new, 9, .text("وبعد"))) == .done)
            #expect(try await scribe.write(Self.item("4", from: Self.old, -5, .text("متأخرة"))) == .done)

            let identity = try #require(try await people.identity(in: first))
            #expect(identity.phone == Self.new && identity.room == first)
            #expect(try await people.joined(to: identity.id).map(\.room) == [early])
            let texts = try await hub.log.events(of: first, after: .zero, limit: 50).map(\.content.searchText)
            #expect(texts == ["من القديم", "changed", "وبعد", "متأخرة"])
            let side = try await hub.log.events(of: early, after: .zero, limit: 50)
            #expect(side.count == 2 && side[0].content.searchText == "من الجديد")
        }
    }

    @Test func aChosenScoreIsARatingOnce() async throws {
        try await ActorsFixture.withHub { hub in
            let people = hub.stores.whatsApp
            let scribe = WhatsAppScribe(
                people: people, rooms: hub.log, gateway: hub.directory, outbox: hub.stores.outbox,
                now: { .present })
            #expect(try await scribe.write(Self.item("1", from: Self.old, 0, .text("مرحبا"))) == .done)
            #expect(try await scribe.write(Self.item("2", from: Self.new, 0, .text("أنا غيرها"))) == .done)
            let places = try await people.places(of: ["wamid.1", "wamid.2"])
            let (room, other) = (try #require(places["wamid.1"]?.room), try #require(places["wamid.2"]?.room))
            for content in [EventContent.state(.resolved, until: nil), .survey] {
                _ = try await hub.directory.append(Draft(author: .hub, mid: .fresh(), content: content), to: room)
            }
            func choose(_ id: String, from phone: String, _ row: String) async throws {
                let choice = WhatsAppChoice(kind: .list, id: row, title: "جيدة")
                #expect(try await scribe.write(Self.item(id, from: phone, 60, .choice(choice))) == .done)
            }
            // Delivered twice, chosen again, and chosen otherwise.
            for (id, score) in [("3", 4), ("3", 4), ("4", 4), ("5", 1)] {
                try await choose(id, from: Self.old, "survey/\(room)/3/\(score)")
            }
            let events = try await hub.log.events(of: room, after: 3, limit: 50)
            #expect(events.map(\.content) == [.rating(try SurveyAnswer(survey: 3, score: 4, comment: nil))])
            let conversation = try #require(try await hub.log.room(room)?.conversation)
            #expect(conversation.state == .resolved && conversation.waitingSince == nil && conversation.unread == 1)
            // A message of theirs all the same: they may be written to for a day.
            #expect(conversation.heardAt == Self.change + .seconds(60))

            // What answers no question of their own is a message as any.
            try await choose("6", from: Self.new, "survey/\(room)/3/5")
            try await choose("7", from: Self.old, "survey/\(room)/1/5")
            for room in [room, other] {
                let last = try #require(
                    try await hub.log.events(of: room, after: .zero, limit: 50).last { event in
                        if case .message = event.content { true } else { false }
                    })
                #expect(last.content.searchText?.contains("جيدة") == true)
            }
        }
    }
}
