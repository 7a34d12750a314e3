import Domain
import HubTestKit
import Testing

@testable import Actors

@Suite struct InboxTests {
    @Test func inboxIsReadThenPushed() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            let reply = try await agent.call(#""op":"inbox""#)
            #expect(reply["ok"]?["conversations"]?.array?.map { $0["room"]?.string } == [room.text])
            #expect(reply["ok"]?["watermark"]?.string?.hasPrefix("w") == true)

            _ = try await visitor.say("مرحبا", in: room, mid: "a")
            let push = try await agent.push("conv") { $0["head"] == .integer(1) }
            #expect(push["unread"] == .integer(1))
            #expect(push["last"]?["text"] == .string("مرحبا"))
            #expect(push["waiting_since"]?.string != nil)
        }
    }

    @Test func newConversationAppears() async throws {
        try await ActorsFixture.withHub { hub in
            let (agent, _, _) = try await hub.newStaff()
            _ = try await agent.call(#""op":"inbox""#)
            let (_, _, room) = try await hub.newVisitor(named: "ليلى")
            let push = try await agent.push("conv") { $0["room"] == .string(room.text) }
            #expect(push["contact"]?["name"] == .string("ليلى"))
        }
    }

    @Test func changesMadeThroughAnotherHubAppear() async throws {
        try await ActorsFixture.with { fixture in
            let one = try await fixture.hub()
            let two = try await fixture.hub()
            let (visitor, _, room) = try await one.newVisitor()
            let (_, _, token) = try await one.newStaff()
            let agent = try await two.staff(token)
            _ = try await agent.call(#""op":"inbox""#)
            _ = try await visitor.say("a", in: room, mid: "a")
            _ = try await agent.push("conv") { $0["room"] == .string(room.text) && $0["head"] == .integer(1) }
        }
    }

    @Test func readMarkerOfStaffEmptiesTheUnread() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            let (reader, _, _) = try await hub.newStaff()
            _ = try await agent.call(#""op":"inbox""#)
            _ = try await visitor.say("a", in: room, mid: "a")
            _ = try await agent.push("conv") { $0["unread"] == .integer(1) }
            _ = try await reader.join(room)
            _ = try await reader.call(#""op":"read","room":"\#(room)","seq":1"#)
            _ = try await agent.push("conv") { $0["unread"] == .integer(0) && $0["head"] == .integer(1) }
        }
    }

    @Test func noteOnTheSideMovesTheConversation() async throws {
        try await ActorsFixture.withHub { hub in
            let (_, _, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            _ = try await agent.call(#""op":"inbox""#)
            let side = try #require(try await agent.join(room)["ok"]?["side"]?.string.flatMap(RoomID.init))
            _ = try await agent.join(side)
            _ = try await agent.say("note", in: side, mid: "n")
            let push = try await agent.push("conv") { $0["side_head"] == .integer(1) }
            #expect(push["room"] == .string(room.text) && push["unread"] == .integer(0))
        }
    }

    @Test func busyConversationCostsFewLines() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            _ = try await agent.call(#""op":"inbox""#)
            let start = ContinuousClock.now
            for number in 0..<300 { visitor.send(TestClient.message("x", in: room, mid: "k\(number)")) }
            _ = try await agent.push("conv") { $0["head"] == .integer(300) }
            // However long the machine takes: one line in each time of gathering.
            let gatherings = (ContinuousClock.now - start) / .milliseconds(10)
            #expect(Double(agent.pushes("conv").count) <= max(150, gatherings + 1))
            let heads = agent.pushes("conv").compactMap { $0["head"]?.integer }
            #expect(heads == heads.sorted(), "summaries never go back")
        }
    }

    @Test func pagesLeadThroughAllConversations() async throws {
        try await ActorsFixture.withHub { hub in
            var rooms: Set<String> = []
            for _ in 0..<7 { rooms.insert(try await hub.newVisitor().room.text) }
            let (agent, _, _) = try await hub.newStaff()
            var seen: [String] = []
            var next = ""
            repeat {
                let reply = try await agent.call(#""op":"inbox","limit":3\#(next)"#)
                seen += reply["ok"]?["conversations"]?.array?.compactMap { $0["room"]?.string } ?? []
                next = reply["ok"]?["next"]?.string.map { #","before":"\#($0)""# } ?? ""
            } while !next.isEmpty
            #expect(Set(seen) == rooms && seen.count == 7)
        }
    }
}
