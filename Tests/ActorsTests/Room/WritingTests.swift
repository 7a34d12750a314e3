import Domain
import HubTestKit
import Testing

@testable import Actors

@Suite struct WritingTests {
    @Test func thousandSendsOfOneConnectionStayInTheirOrder() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, token, room) = try await hub.newVisitor()
            let tab = try await hub.visitor(token, in: room)
            let ids = (0..<1000).map { number in
                let id = visitor.nextID()
                visitor.send("\"id\":\(id)," + TestClient.message("\(number)", in: room, mid: "k\(number)"))
                return id
            }
            for (number, id) in ids.enumerated() {
                let reply = try await visitor.reply(to: id)
                #expect(reply["ok"]?["seq"] == .integer(Int64(number) + 1))
                #expect(reply["ok"]?["dup"] == .bool(false))
            }
            try await JoiningTests.expectExactCopy(tab, of: room, hub)
            #expect(tab.copy(of: room).mids == (0..<1000).map { "k\($0)" })
        }
    }

    @Test func manyWritersShareOneOrder() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, token, room) = try await hub.newVisitor()
            var agents: [TestClient] = []
            for _ in 0..<4 {
                let (agent, _, _) = try await hub.newStaff()
                agent.follow(room)
                agents.append(agent)
            }
            let tab = try await hub.visitor(token, in: room)
            for number in 0..<100 {
                visitor.send(TestClient.message("v", in: room, mid: "v\(number)"))
                for (index, agent) in agents.enumerated() {
                    agent.send(TestClient.message("a", in: room, mid: "a\(index)-\(number)"))
                }
            }
            try await eventually("all messages") { try await hub.events(of: room).count == 500 }
            for client in agents + [tab] { try await JoiningTests.expectExactCopy(client, of: room, hub) }
        }
    }

    @Test func acknowledgedMeansCommitted() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            for number in 0..<20 {
                let mid: MID = "k\(number)"
                let reply = try await visitor.say("\(number)", in: room, mid: mid)
                let log = try await hub.events(of: room)
                #expect(log.last?.mid == mid)
                #expect(reply["ok"]?["seq"] == .integer(Int64(log.count)))
            }
        }
    }

    @Test func retryAnswersTheSameAndIsPublishedOnce() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, token, room) = try await hub.newVisitor()
            let tab = try await hub.visitor(token, in: room)
            let first = try await visitor.say("a", in: room, mid: "a")
            let again = try await tab.say("a", in: room, mid: "a")
            #expect(again["ok"]?["seq"] == first["ok"]?["seq"])
            #expect(again["ok"]?["at"] == first["ok"]?["at"])
            #expect(again["ok"]?["dup"] == .bool(true))
            let conflict = try await visitor.say("b", in: room, mid: "a")
            #expect(conflict["err"]?["code"] == .string("mid_conflict"))
            _ = try await visitor.say("c", in: room, mid: "c")
            try await JoiningTests.expectExactCopy(tab, of: room, hub)
            #expect(tab.copy(of: room).mids == ["a", "c"])
        }
    }

    @Test func everyKindOfWriteReachesTheOthers() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (agent, user, _) = try await hub.newStaff()
            _ = try await agent.join(room)
            _ = try await visitor.join(room)
            _ = try await visitor.say("a", in: room, mid: "a")
            let writes = [
                #""op":"edit","target":1,"body":{"text":"b"}"#, #""op":"react","target":1,"emoji":"👍""#,
                #""op":"delete","target":1"#,
            ]
            for (number, write) in writes.enumerated() {
                let reply = try await visitor.call(write + #","room":"\#(room)","mid":"w\#(number)""#)
                #expect(reply["ok"]?["seq"] == .integer(Int64(number) + 2))
            }
            let owner = try await agent.call(#""op":"assign","to":"me","room":"\#(room)","mid":"o""#)
            #expect(owner["ok"]?["seq"] == .integer(5))
            let state = try await agent.call(#""op":"state","state":"resolved","room":"\#(room)","mid":"s""#)
            #expect(state["ok"]?["seq"] == .integer(6))
            _ = try await visitor.say("again", in: room, mid: "again")

            let pushes = try await agent.push("state") { $0["state"] == .string("open") }
            #expect(pushes["by"]?["kind"] == .string("system"))
            let names = agent.frames.filter { $0["seq"] != nil }.compactMap { $0["ev"]?.string }
            #expect(names == ["msg", "edit", "react", "del", "assign", "state", "msg", "state"])
            #expect(agent.pushes("assign")[0]["to"]?["id"] == .string(user.id.text))
            let seen = try await visitor.push("assign")
            #expect(seen["to"]?["id"] == .string("agent"))
            #expect(seen["by"]?["id"] == .string("agent"))
        }
    }

    @Test func whatIsNotAllowedIsRefused() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            _ = try await agent.join(room)
            _ = try await visitor.say("a", in: room, mid: "a")
            func code(_ client: TestClient, _ members: String) async throws -> JSONValue? {
                try await client.call(members)["err"]?["code"]
            }
            let forbidden = JSONValue.string("forbidden")
            #expect(
                try await code(agent, #""op":"edit","room":"\#(room)","mid":"x","target":1,"body":{"text":"b"}"#)
                    == forbidden)
            #expect(try await code(agent, #""op":"delete","room":"\#(room)","mid":"x","target":1"#) == forbidden)
            #expect(try await code(visitor, #""op":"assign","room":"\#(room)","mid":"x","to":null"#) == forbidden)
            #expect(try await code(visitor, #""op":"state","room":"\#(room)","mid":"x","state":"open""#) == forbidden)
            #expect(
                try await code(
                    visitor,
                    #""op":"send","room":"\#(room)","mid":"x","kind":"template","body":{"name":"n","language":"ar"}"#)
                    == forbidden)
            #expect(
                try await code(visitor, #""op":"delete","room":"\#(room)","mid":"x","target":9"#)
                    == .string("not_found"))
            #expect(
                try await code(
                    agent, #""op":"assign","room":"\#(room)","mid":"x","to":"\#(UserID.sample(77))""#)
                    == .string("not_found"))
            #expect(
                try await code(agent, #""op":"assign","room":"\#(room)","mid":"x","to":"assistant""#)
                    == .string("not_found"), "nobody would answer")
            let file =
                #""op":"send","room":"\#(room)","mid":"x","kind":"file","body":{"attachment":"\#(AttachmentID.sample(1))"}"#
            #expect(try await code(visitor, file) == .string("not_found"))
            #expect(try await hub.events(of: room).count == 1)

            let (admin, _, _) = try await hub.newStaff(.supervisor)
            _ = try await admin.join(room)
            #expect(
                try await admin.call(#""op":"delete","room":"\#(room)","mid":"x","target":1"#)["ok"]?["seq"]
                    == .integer(2))
        }
    }

    @Test func framesBehindALookUpKeepTheirOrder() async throws {
        try await ActorsFixture.withHub { hub in
            let (_, _, room) = try await hub.newVisitor()
            let (agent, user, _) = try await hub.newStaff()
            _ = try await agent.join(room)
            // An assignment must look the user up; what follows waits for it.
            for number in 0..<30 {
                agent.send(#""op":"assign","room":"\#(room)","mid":"o\#(number)","to":"\#(user.id)""#)
                agent.send(TestClient.message("x", in: room, mid: "m\(number)"))
            }
            try await eventually("all events") { try await hub.events(of: room).count == 60 }
            let mids = try await hub.events(of: room).map(\.mid.text)
            #expect(mids == (0..<30).flatMap { ["o\($0)", "m\($0)"] })
        }
    }

    @Test func overTheRateIsToldWhenToComeBack() async throws {
        try await ActorsFixture.withHub(
            .set {
                $0.people.writeBurst = 3
                $0.people.writesPerSecond = 0.1
            }
        ) { hub in
            let (visitor, token, room) = try await hub.newVisitor()
            let tab = try await hub.visitor(token, in: room)
            for number in 0..<3 {
                // The bucket belongs to the person, not to the connection.
                let client = number == 1 ? tab : visitor
                #expect(try await client.say("a", in: room, mid: "k\(number)")["ok"] != nil)
            }
            let refused = try await tab.say("a", in: room, mid: "k3")
            #expect(refused["err"]?["code"] == .string("rate_limited"))
            #expect((refused["err"]?["retry_ms"]?.integer ?? 0) > 1000)
        }
    }
}
