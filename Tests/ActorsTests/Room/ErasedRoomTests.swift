import Domain
import HubTestKit
import Storage
import Testing

@testable import Actors

/// What was erased in the store, no hub goes on telling from memory.
@Suite struct ErasedRoomTests {
    @Test func hubsForgetWhatWasErased() async throws {
        try await ActorsFixture.with { fixture in
            let one = try await fixture.hub()
            let two = try await fixture.hub()
            let (visitor, _, room) = try await one.newVisitor(named: "planted-name")
            let (here, _, staffToken) = try await one.newStaff()
            let there = try await two.staff(staffToken)
            for agent in [here, there] { agent.follow(room) }
            for number in 0..<5 { _ = try await visitor.say("planted-\(number)", in: room, mid: "k\(number)") }
            try await eventually("both have it") {
                here.copy(of: room).last == 5 && there.copy(of: room).last == 5
            }
            #expect(try await Self.memory(of: room, one, staffToken).contains("planted-4"))

            try await Self.erase(room, one)
            for (hub, agent) in [(one, here), (two, there)] {
                try await eventually("memory is empty") {
                    try await !Self.memory(of: room, hub, staffToken).contains("planted-")
                }
                let history = try await agent.call(#""op":"history","room":"\#(room)","limit":20"#)
                #expect(!"\(history)".contains("planted-") && "\(history)".contains(ErasureReport.placeholder))
            }
            // The room goes on, without a gap for those who have it open.
            _ = try await here.say("after", in: room, mid: "after")
            for agent in [here, there] { try await JoiningTests.expectExactCopy(agent, of: room, one) }
            let again = try await two.staff(staffToken)
            again.follow(room, after: 2)
            try await JoiningTests.expectExactCopy(again, of: room, from: 2, two)
        }
    }

    /// The events that a client is told that comes back and has seen the first.
    private static func memory(of room: RoomID, _ hub: TestHub, _ token: String) async throws -> String {
        let client = try await hub.staff(token)
        client.expect(room, after: 1)
        let reply = try await client.call(#""op":"join","room":"\#(room)","after":1,"limit":40"#)
        let events = try #require(reply["ok"]?["events"]?.array)
        #expect(events.count == 4)
        client.disconnect()
        return "\(events)"
    }

    private static func erase(_ room: RoomID, _ hub: TestHub) async throws {
        let now = Timestamp.present
        let stored = try #require(try await hub.stores.rooms.room(room))
        guard case .visitor(let visitor)? = stored.conversation?.customer else {
            throw NotInTime(what: "a visitor's conversation")
        }
        var contact = CRMContact(id: .make(at: now), at: now)
        contact.name = "planted-contact"
        contact.setIdentities([try #require(ContactIdentity(.visitor, visitor.text))])
        _ = try await hub.stores.contacts.add(contact, scope: .everything, Writing(by: .system, at: now))
        _ = try await hub.stores.persons.erase(contact.id, scope: .everything, Writing(by: .system, at: now))
    }
}
