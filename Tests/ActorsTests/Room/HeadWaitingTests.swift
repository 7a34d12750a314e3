import Domain
import HubTestKit
import Testing

@testable import Actors

/// Long-polls and event streams wait for a room's head.
@Suite struct HeadWaitingTests {
    private let draft = Draft(author: .hub, mid: "x", content: .message(.text("x"), replyTo: nil))

    @Test func answersAtOnceWhenThereIsSomething() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            _ = try await visitor.say("a", in: room, mid: "a")
            #expect(try await hub.directory.head(of: room, beyond: .zero, within: .seconds(60)) == 1)
            #expect(try await hub.directory.head(of: room, beyond: 1, within: .zero) == 1)
        }
    }

    @Test func answersWithTheNextEvent() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let waiters = (0..<5).map { _ in
                Task { try await hub.directory.head(of: room, beyond: .zero, within: .seconds(60)) }
            }
            try await eventually("somebody waits") {
                guard let actor = hub.directory.loadedRoom(room) else { return false }
                return await !actor.headWaiters.isEmpty
            }
            _ = try await visitor.say("a", in: room, mid: "a")
            for waiter in waiters { #expect(try await waiter.value == 1) }
        }
    }

    @Test func answersWhenTheTimeIsUp() async throws {
        try await ActorsFixture.withHub { hub in
            let (_, _, room) = try await hub.newVisitor()
            #expect(try await hub.directory.head(of: room, beyond: .zero, within: .milliseconds(50)) == .zero)
        }
    }

    @Test func endsWithItsTask() async throws {
        try await ActorsFixture.withHub { hub in
            let (_, _, room) = try await hub.newVisitor()
            let waiter = Task { try await hub.directory.head(of: room, beyond: .zero, within: .seconds(3600)) }
            let actor = try #require(hub.directory.loadedRoom(room))
            try await eventually("somebody waits") { await !actor.headWaiters.isEmpty }
            waiter.cancel()
            #expect(try await waiter.value == .zero)
            #expect(await actor.headWaiters.isEmpty)
        }
    }

    @Test func endsAlsoWhenItsTaskEndedBeforeItBegan() async throws {
        try await ActorsFixture.withHub { hub in
            let (_, _, room) = try await hub.newVisitor()
            let waiter = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await hub.directory.head(of: room, beyond: .zero, within: .seconds(3600))
            }
            #expect(try await waiter.value == .zero)
        }
    }
}
