import Domain
import HubTestKit
import Testing

@testable import Actors

/// Presence, typing and read markers as others see them.
@Suite struct SignsTests {
    @Test func reconnectWithinTheGraceIsNotTold() async throws {
        try await ActorsFixture.withHub(.set { $0.rooms.presenceGrace = .seconds(3600) }) { hub in
            let (visitor, token, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            let reply = try await agent.join(room)
            #expect(reply["ok"]?["presence"]?["count"] == .integer(2))
            let seen = try await visitor.push("presence")
            #expect(seen["by"]?["id"] == .string("agent") && seen["state"] == .string("online"))

            visitor.disconnect()
            let tab = try await hub.visitor(token, in: room)
            _ = try await tab.say("here", in: room, mid: "here")
            _ = try await agent.push("msg")
            #expect(agent.pushes("presence", in: room).isEmpty)
        }
    }

    @Test func whoStaysAwayIsToldAfterTheGrace() async throws {
        try await ActorsFixture.withHub(.set { $0.rooms.presenceGrace = .milliseconds(50) }) { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            _ = try await agent.join(room)
            visitor.disconnect()
            let gone = try await agent.push("presence")
            #expect(gone["state"] == .string("offline"))
            #expect(gone["by"]?["kind"] == .string("visitor"))
            #expect(gone["count"] == .integer(1))
        }
    }

    @Test func presenceIsTheBestOfAPersonsConnections() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (desk, _, token) = try await hub.newStaff()
            let phone = try await hub.staff(token)
            for client in [desk, phone] { _ = try await client.join(room) }
            _ = try await desk.call(#""op":"presence","state":"away""#)
            #expect(
                try await phone.call(#""op":"presence","state":"busy""#)["ok"] == .object(["state": .string("busy")]))
            let busy = try await visitor.push("presence") { $0["state"] == .string("busy") }
            #expect(busy["count"] == .integer(2))
            #expect(visitor.pushes("presence").map { $0["state"]?.string } == ["online", "busy"])
        }
    }

    @Test func crowdIsOnlyCounted() async throws {
        try await ActorsFixture.withHub(.set { $0.rooms.maxListedPresence = 1 }) { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            let reply = try await agent.join(room)
            #expect(reply["ok"]?["presence"] == .object(["count": .integer(2)]))
            let push = try await visitor.push("presence")
            #expect(push["by"] == nil && push["state"] == nil && push["count"] == .integer(2))
        }
    }

    @Test func typingExpires() async throws {
        try await ActorsFixture.withHub(.set { $0.rooms.typingLifetime = .milliseconds(150) }) { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            _ = try await agent.join(room)
            #expect(try await agent.call(#""op":"typing","room":"\#(room)","on":true"#)["ok"] == .object([:]))
            let on = try await visitor.push("typing")
            #expect(on["on"] == .bool(true) && on["by"]?["id"] == .string("agent"))
            _ = try await visitor.push("typing") { $0["on"] == .bool(false) }
            #expect(agent.pushes("typing").isEmpty, "nobody wants the echo of their own typing")
        }
    }

    @Test func messageEndsTyping() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            _ = try await agent.join(room)
            visitor.send(#""op":"typing","room":"\#(room)","on":true"#)
            visitor.send(#""op":"typing","room":"\#(room)","on":true"#)
            visitor.send(TestClient.message("a", in: room, mid: "a"))
            _ = try await agent.push("msg")
            #expect(agent.pushes("typing").map { $0["on"]?.bool } == [true, false])
        }
    }

    @Test func whoGoesAwayStopsTyping() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            _ = try await agent.join(room)
            visitor.send(#""op":"typing","room":"\#(room)","on":true"#)
            _ = try await agent.push("typing") { $0["on"] == .bool(true) }
            visitor.disconnect()
            _ = try await agent.push("typing") { $0["on"] == .bool(false) }
        }
    }

    @Test func readMarkersRiseAndAreShown() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            _ = try await agent.join(room)
            for number in 0..<3 { _ = try await visitor.say("a", in: room, mid: "k\(number)") }
            let read = try await agent.call(#""op":"read","room":"\#(room)","seq":2"#)
            #expect(read["ok"] == .object(["seq": .integer(2), "unread": .integer(1)]))
            let shown = try await visitor.push("read")
            #expect(shown["upto"] == .integer(2) && shown["by"]?["id"] == .string("agent"))

            let lower = try await agent.call(#""op":"read","room":"\#(room)","seq":1"#)
            #expect(lower["ok"]?["seq"] == .integer(2))
            let beyond = try await agent.call(#""op":"read","room":"\#(room)","seq":9223372036854775807"#)
            #expect(beyond["ok"] == .object(["seq": .integer(3), "unread": .integer(0)]))
            _ = try await visitor.push("read") { $0["upto"] == .integer(3) }
            #expect(visitor.pushes("read").count == 2)
            #expect(try await visitor.join(room)["ok"]?["agents_read"] == .integer(3))
        }
    }
}
