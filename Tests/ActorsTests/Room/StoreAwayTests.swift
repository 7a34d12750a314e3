import Domain
import HubTestKit
import Storage
import Synchronization
import Testing

@testable import Actors

/// The database goes away, lies about a commit, comes back.
@Suite struct StoreAwayTests {
    @Test func closedStoreIsUnavailableAndHealsWithoutLosingAnything() async throws {
        try await ActorsFixture.with { fixture in
            let hub = try await fixture.hub(.set { $0.wrap = { InterruptedRoomStore($0) } })
            let store = try #require(hub.log as? InterruptedRoomStore)
            let (visitor, token, room) = try await hub.newVisitor()
            let tab = try await hub.visitor(token, in: room)
            _ = try await visitor.say("before", in: room, mid: "before")

            await hub.stores.close()
            let away = try await visitor.say("away", in: room, mid: "away")
            #expect(away["err"]?["code"] == .string("unavailable"))
            #expect((away["err"]?["retry_ms"]?.integer ?? 0) > 0)
            #expect(try await visitor.join(room)["err"]?["code"] == .string("unavailable"))
            #expect(visitor.closedFor == nil && tab.closedFor == nil)

            let reopened = try await fixture.open()
            store.change { $0.replacement = reopened.rooms }
            #expect(try await tab.say("away", in: room, mid: "tab")["ok"]?["dup"] == .bool(false))
            _ = try await visitor.join(room)
            #expect(try await visitor.say("away", in: room, mid: "away")["ok"]?["seq"] == .integer(3))
            try await eventually("the push") { tab.copy(of: room).last == 3 }
            #expect(tab.copy(of: room).mids == ["before", "tab", "away"])
            #expect(tab.copy(of: room).breaches == [])
        }
    }

    @Test func commitThatIsReportedAsFailedIsFoundByItsRetry() async throws {
        try await Self.withLine { hub, line in
            let (visitor, token, room) = try await hub.newVisitor()
            let tab = try await hub.visitor(token, in: room)
            line.change { $0.lostAnswers = 1 }
            #expect(try await visitor.say("a", in: room, mid: "a")["err"]?["code"] == .string("unavailable"))
            let retry = try await visitor.say("a", in: room, mid: "a")
            #expect(retry["ok"]?["seq"] == .integer(1))
            #expect(retry["ok"]?["dup"] == .bool(true))
            try await JoiningTests.expectExactCopy(tab, of: room, hub)
        }
    }

    @Test func commitThatIsReportedAsFailedIsFoundWithoutARetry() async throws {
        try await Self.withLine { hub, line in
            let (visitor, token, room) = try await hub.newVisitor()
            let tab = try await hub.visitor(token, in: room)
            line.change { $0.lostAnswers = 1 }
            #expect(try await visitor.say("a", in: room, mid: "a")["err"] != nil)
            try await JoiningTests.expectExactCopy(tab, of: room, hub)
            #expect(tab.copy(of: room).mids == ["a"])
        }
    }

    @Test func stormOfLostAnswersLosesAndDoublesNothing() async throws {
        try await Self.withLine { hub, line in
            let (visitor, token, room) = try await hub.newVisitor()
            let tab = try await hub.visitor(token, in: room)
            for number in 0..<60 {
                if number % 3 == 0 { line.change { $0.lostAnswers = 1 } }
                let mid: MID = "k\(number)"
                while try await visitor.say("\(number)", in: room, mid: mid)["ok"] == nil {}
            }
            try await JoiningTests.expectExactCopy(tab, of: room, hub)
            #expect(tab.copy(of: room).mids == (0..<60).map { "k\($0)" })
        }
    }

    @Test func readThatFailsIsTriedAgainByItself() async throws {
        try await Self.withLine(.set { $0.rooms.fetchRetry = .milliseconds(20) }) { hub, line in
            let (_, token, room) = try await hub.newVisitor()
            let tab = try await hub.visitor(token, in: room)
            line.change { $0.failedReads = 3 }
            try await hub.appendElsewhere(2, to: room, named: "other")
            try await JoiningTests.expectExactCopy(tab, of: room, hub)
            #expect(line.change { $0.failedReads } == 0)
        }
    }

    @Test func headSeenWhileTheRoomIsReadIsNotForgotten() async throws {
        // A feed that is slow enough to stay out of this.
        try await Self.withLine(.set { $0.pollInterval = .seconds(3600) }) { hub, line in
            let (visitor, token, room) = try await hub.newVisitor()
            _ = try await visitor.say("a", in: room, mid: "a")
            visitor.disconnect()
            // The next one to come finds the room unloaded. While it is read, another hub appends and says so.
            let (log, directory) = (hub.stores.rooms, hub.directory)
            directory.forget(try #require(directory.loadedRoom(room)))
            let isFirst = Atomic(true)
            line.change { plan in
                plan.afterRead = {
                    guard isFirst.exchange(false, ordering: .relaxed) else { return }
                    let draft = Draft(author: .hub, mid: "late", content: .message(.text("late"), replyTo: nil))
                    _ = try? await log.append([AppendRequest(room: room, drafts: [draft])])
                    await withCheckedContinuation { done in
                        directory.room(room).tell { actor in
                            actor.headSeen(2)
                            done.resume()
                        }
                    }
                }
            }
            let tab = try await hub.visitor(token, in: room)
            try await JoiningTests.expectExactCopy(tab, of: room, hub)
            #expect(tab.copy(of: room).mids == ["a", "late"])
        }
    }

    /// Runs `body` with one hub and its line to the log.
    static func withLine(
        _ settings: TestHub.Settings = .init(),
        _ body: (TestHub, InterruptedRoomStore) async throws -> Void
    ) async throws {
        var settings = settings
        settings.wrap = { InterruptedRoomStore($0) }
        try await ActorsFixture.withHub(settings) { hub in
            let line = try #require(hub.log as? InterruptedRoomStore)
            try await body(hub, line)
        }
    }
}
