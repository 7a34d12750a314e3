import Domain
import HubTestKit
import Synchronization
import Testing

@testable import Actors

@Suite struct GroupCommitTests {
    /// A gate that tests open.
    private final class Gate: Sendable {
        private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

        func pass() async {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    if !state.isOpen { state.waiting.append(continuation) }
                    return state.isOpen
                }
                if isOpen { continuation.resume() }
            }
        }

        func open() {
            let waiting = state.withLock { state in
                defer { state = (true, []) }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }

        var waiting: Int { state.withLock { $0.waiting.count } }
    }

    @Test func whatWaitsForACommitSharesTheNext() async throws {
        try await StoreAwayTests.withLine { hub, line in
            var visitors: [(client: TestClient, token: String, room: RoomID)] = []
            for _ in 0..<12 { visitors.append(try await hub.newVisitor()) }
            let gate = Gate()
            line.change { plan in
                plan.transactions = []
                plan.beforeAppend = { await gate.pass() }
            }
            var ids: [(TestClient, Int64)] = []
            for number in 0..<3 {
                for (client, _, room) in visitors {
                    let id = client.nextID()
                    client.send("\"id\":\(id)," + TestClient.message("x", in: room, mid: "k\(number)"))
                    ids.append((client, id))
                }
                // The first one is alone in its transaction; the rest gathers behind it.
                if number == 0 { try await eventually("a transaction is under way") { gate.waiting == 1 } }
            }
            for (client, _, room) in visitors { try await arrived(client, at: room, hub) }
            gate.open()
            for (client, id) in ids { #expect(try await client.reply(to: id)["ok"]?["dup"] == .bool(false)) }
            let transactions = line.change { $0.transactions }
            // Every room asks at most twice: for its first draft, then for the two that gathered behind it.
            #expect(transactions.reduce(0, +) <= 24)
            // Whatever was not in the first transaction shares the second.
            #expect(transactions.prefix(2).reduce(0, +) >= 12, "\(transactions)")
        }
    }

    /// Returns when the room has taken everything that the client sent before.
    private func arrived(_ client: TestClient, at room: RoomID, _ hub: TestHub) async throws {
        _ = try await client.call(#""op":"presence","state":"online""#)
        let actor = try #require(hub.directory.loadedRoom(room))
        await withCheckedContinuation { done in actor.tell { _ in done.resume() } }
    }

    @Test func oneRoomThatIsMissingDisturbsNoOther() async throws {
        try await ActorsFixture.withHub { hub in
            let (_, _, room) = try await hub.newVisitor()
            let draft = Draft(author: .hub, mid: "x", content: .message(.text("x"), replyTo: nil))
            let results = await withTaskGroup(of: (RoomID, Result<AppendResult, HubError>).self) { group in
                for id in [RoomID.sample(50), room, .sample(51)] {
                    group.addTask {
                        await withCheckedContinuation { continuation in
                            hub.commits.submit(AppendRequest(room: id, drafts: [draft])) {
                                continuation.resume(returning: (id, $0))
                            }
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(try results[room]?.get().events.map(\.seq) == [1])
            for id in [RoomID.sample(50), .sample(51)] {
                let result = try #require(try results[id]?.get())
                #expect(result.events.isEmpty && result.room == nil)
                guard case .rejected(let error) = result.outcomes[0] else {
                    Issue.record("\(result.outcomes)")
                    continue
                }
                #expect(error.code == .notFound)
            }
        }
    }

    @Test func whatComesAfterTheEndIsUnavailable() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            #expect(try await visitor.say("a", in: room, mid: "a")["ok"] != nil)
            await hub.stop()
            #expect(try await visitor.say("b", in: room, mid: "b")["err"]?["code"] == .string("unavailable"))
            let draft = Draft(author: .hub, mid: "x", content: .message(.text("x"), replyTo: nil))
            await #expect(throws: HubError.unavailable()) { try await hub.directory.append(draft, to: room) }
        }
    }

    @Test func fullQueueIsBusy() async throws {
        try await StoreAwayTests.withLine(
            .set {
                $0.rooms.maxQueuedDrafts = 5
                $0.rooms.maxDraftsPerAppend = 2
            }
        ) { hub, line in
            let (visitor, token, room) = try await hub.newVisitor()
            let tab = try await hub.visitor(token, in: room)
            let gate = Gate()
            line.change { $0.beforeAppend = { await gate.pass() } }
            let ids = (0..<20).map { number in
                let id = visitor.nextID()
                visitor.send("\"id\":\(id)," + TestClient.message("x", in: room, mid: "k\(number)"))
                return id
            }
            // One is in flight and five wait; the others are told at once.
            for id in ids.suffix(14) {
                let reply = try await visitor.reply(to: id)
                #expect(reply["err"]?["code"] == .string("busy"))
                #expect((reply["err"]?["retry_ms"]?.integer ?? 0) > 0)
            }
            gate.open()
            for id in ids.prefix(6) { #expect(try await visitor.reply(to: id)["ok"] != nil) }
            try await JoiningTests.expectExactCopy(tab, of: room, hub)
            #expect(tab.copy(of: room).mids == (0..<6).map { "k\($0)" })
        }
    }
}
