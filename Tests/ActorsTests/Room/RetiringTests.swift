import Domain
import HubTestKit
import Testing
import Wire

@testable import Actors

/// Rooms nobody uses are let go, and come back as if they had never been away.
@Suite struct RetiringTests {
    private let settings = TestHub.Settings.set {
        $0.rooms.idleLifetime = .milliseconds(10)
        $0.rooms.presenceGrace = .milliseconds(10)
        $0.pollInterval = .seconds(3600)
    }

    private func retire(_ hub: TestHub) async throws {
        try await eventually("no room is loaded") {
            hub.directory.retireIdle(at: .present)
            return hub.directory.loadedCount == 0
        }
    }

    @Test func idleRoomsAreLetGoAndComeBack() async throws {
        try await ActorsFixture.withHub(settings) { hub in
            let (visitor, token, room) = try await hub.newVisitor()
            _ = try await visitor.say("a", in: room, mid: "a")
            #expect(hub.directory.loadedCount == 1)
            visitor.disconnect()
            try await retire(hub)

            let tab = try await hub.visitor(token, in: room)
            _ = try await tab.say("b", in: room, mid: "b")
            try await JoiningTests.expectExactCopy(tab, of: room, hub)
            #expect(tab.copy(of: room).mids == ["a", "b"])
        }
    }

    @Test func roomWithSomebodyStays() async throws {
        try await ActorsFixture.withHub(settings) { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let actor = try #require(hub.directory.loadedRoom(room))
            for _ in 0..<20 {
                hub.directory.retireIdle(at: .present + .seconds(3600))
                _ = try await visitor.call(#""op":"presence","state":"online""#)
            }
            #expect(hub.directory.loadedRoom(room) === actor)
        }
    }

    @Test func roomThatIsStillWantedByAWaiterStays() async throws {
        try await ActorsFixture.withHub(settings) { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            visitor.disconnect()
            async let head = hub.directory.head(of: room, beyond: .zero, within: .seconds(60))
            try await eventually("somebody waits") {
                guard let actor = hub.directory.loadedRoom(room) else { return false }
                return await !actor.headWaiters.isEmpty
            }
            for _ in 0..<5 { hub.directory.retireIdle(at: .present + .seconds(3600)) }
            let draft = Draft(author: .hub, mid: "x", content: .message(.text("x"), replyTo: nil))
            _ = try await hub.directory.append(draft, to: room)
            #expect(try await head == 1)
        }
    }

    @Test func lateCallerOfARetiredActorIsServed() async throws {
        try await ActorsFixture.withHub(settings) { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            _ = try await visitor.say("a", in: room, mid: "a")
            let retired = try #require(hub.directory.loadedRoom(room))
            visitor.disconnect()
            try await retire(hub)

            let draft = Draft(author: .hub, mid: "late", content: .message(.text("late"), replyTo: nil))
            let receipt: WriteReceipt = try await withCheckedThrowingContinuation { continuation in
                retired.tell { $0.write(draft, continuation) }
            }
            #expect(receipt.seq == 2)
            let successor = try #require(hub.directory.loadedRoom(room))
            #expect(successor !== retired)
            #expect(try await hub.events(of: room).map(\.mid) == ["a", "late"])
        }
    }

    /// A join that was on its way to an actor when that was let go is handed on; so is the leave behind it.
    @Test func leaveFollowsItsJoinToTheSuccessor() async throws {
        try await ActorsFixture.withHub(settings) { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let retired = try #require(hub.directory.loadedRoom(room))
            visitor.disconnect()
            try await retire(hub)

            let (agent, user, _) = try await hub.newStaff()
            let request = JoinRequest(
                connection: agent.connection, principal: .staff(user), presence: .online, position: .now, limit: 1,
                answer: .reply(id: 77))
            retired.tell { $0.join(request) }
            retired.tell { $0.leave(agent.connection.id) }
            _ = try await agent.reply(to: 77)
            let successor = try #require(hub.directory.loadedRoom(room))
            try await eventually("nobody is in the room") { await successor.members.isEmpty }
        }
    }

    /// Rooms come and go under a client that comes and goes, while others write.
    @Test func comingAndGoingLosesNothing() async throws {
        try await ActorsFixture.withHub(settings) { hub in
            let (first, token, room) = try await hub.newVisitor()
            first.disconnect()
            for number in 0..<40 {
                let tab = try await hub.visitor(token, in: room)
                _ = try await tab.say("x", in: room, mid: "k\(number)")
                try await JoiningTests.expectExactCopy(tab, of: room, hub)
                tab.disconnect()
                hub.directory.retireIdle(at: .present + .seconds(number % 2 == 0 ? 3600 : 0))
            }
            #expect(try await hub.events(of: room).count == 40)
        }
    }
}
