import Domain
import HubTestKit
import Testing

@testable import Actors

/// From the past to the present without a gap, whatever is written meanwhile.
@Suite struct JoiningTests {
    /// Waits until a client has the whole log, and holds its copy against it.
    static func expectExactCopy(
        _ client: TestClient,
        of room: RoomID,
        from start: Int64 = 0,
        _ hub: TestHub,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let log = try await hub.events(of: room)
        try await eventually("a copy up to \(log.count)", at: location) {
            let copy = client.copy(of: room)
            return copy.last >= Int64(log.count) && copy.isLive
        }
        let copy = client.copy(of: room)
        #expect(copy.breaches == [], sourceLocation: location)
        #expect(copy.mids == log.dropFirst(Int(start)).map(\.mid.text), sourceLocation: location)
    }

    @Test func firstJoinBringsTheLogAndStaysLive() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, token, room) = try await hub.newVisitor()
            _ = try await visitor.say("a", in: room, mid: "a")
            let tab = try await hub.visitor(token, in: room)
            #expect(tab.copy(of: room).mids == ["a"])
            #expect(tab.copy(of: room).isLive)
            _ = try await visitor.say("b", in: room, mid: "b")
            try await Self.expectExactCopy(tab, of: room, hub)
        }
    }

    @Test func resumeFromEveryAgeGoesLiveWhileOthersWrite() async throws {
        try await ActorsFixture.withHub(.set { $0.rooms.tailEvents = 32 }) { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (writer, _, _) = try await hub.newStaff()
            writer.follow(room)
            for number in 0..<150 { visitor.send(TestClient.message("\(number)", in: room, mid: "v\(number)")) }

            // While one writes on, a client resumes from every age.
            let (_, _, token) = try await hub.newStaff()
            var clients: [(client: TestClient, start: Int64)] = []
            for number in 0..<150 {
                writer.send(TestClient.message("\(number)", in: room, mid: "w\(number)"))
                guard number % 5 == 0 else { continue }
                if clients.count >= 6 { clients.removeFirst().client.disconnect() }
                let client = try await hub.staff(token)
                let start = min(Int64(number), writer.copy(of: room).last)
                client.follow(room, after: start)
                clients.append((client, start))
            }
            try await eventually("all messages") { try await hub.events(of: room).count == 300 }
            for (client, start) in clients { try await Self.expectExactCopy(client, of: room, from: start, hub) }
            try await Self.expectExactCopy(writer, of: room, hub)
        }
    }

    @Test func longPastIsReadPageByPage() async throws {
        try await ActorsFixture.withHub(.set { $0.rooms.tailEvents = 16 }) { hub in
            let (visitor, token, room) = try await hub.newVisitor()
            for number in 0..<130 { visitor.send(TestClient.message("\(number)", in: room, mid: "v\(number)")) }
            try await eventually("all messages") { try await hub.events(of: room).count == 130 }

            let tab = hub.connect(.visitor)
            _ = try await tab.call(#""op":"auth","token":"\#(token)","rooms":{"\#(room)":130}"#)
            let first = try await tab.join(room, #","limit":50"#)
            #expect(first["ok"]?["events"]?.array?.count == 50)
            #expect(first["ok"]?["live"] == .bool(false))
            #expect(first["ok"]?["head"] == .integer(130))
            let second = try await tab.join(room, #","limit":500,"after":50"#)
            #expect(second["ok"]?["events"]?.array?.count == 80)
            #expect(second["ok"]?["live"] == .bool(true))
        }
    }

    @Test func pageEndsAtItsBytes() async throws {
        try await ActorsFixture.withHub(.set { $0.rooms.maxJoinBytes = 3000 }) { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            for number in 0..<4 {
                _ = try await visitor.say(String(repeating: "س", count: 500), in: room, mid: "k\(number)")
            }
            _ = try await visitor.say(String(repeating: "س", count: 4000), in: room, mid: "long")
            let first = try await visitor.join(room)
            #expect(first["ok"]?["events"]?.array?.count == 2)
            #expect(first["ok"]?["live"] == .bool(false))
            // One event that is larger than a page still comes.
            let last = try await visitor.join(room, #","after":4"#)
            #expect(last["ok"]?["events"]?.array?.count == 1)
            #expect(last["ok"]?["live"] == .bool(true))
        }
    }

    @Test func joinFromNowBringsNothingOld() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            _ = try await visitor.say("old", in: room, mid: "old")
            let (agent, _, _) = try await hub.newStaff()
            let reply = try await agent.join(room, #","after":"now""#)
            #expect(reply["ok"]?["events"] == .array([]))
            #expect(reply["ok"]?["head"] == .integer(1))
            #expect(reply["ok"]?["live"] == .bool(true))
            #expect(reply["ok"]?["conv"]?["room"] == .string(room.text))
            #expect(reply["ok"]?["side"] != nil)
            _ = try await visitor.say("new", in: room, mid: "new")
            let push = try await agent.push("msg")
            #expect(push["seq"] == .integer(2))
        }
    }

    @Test func resumeFromMemoryLeavesOutWhatWouldCostARead() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            for number in 0..<3 { _ = try await visitor.say("a", in: room, mid: "k\(number)") }
            let (agent, _, _) = try await hub.newStaff()
            let fresh = try await agent.join(room)
            #expect(fresh["ok"]?["unread"] == .integer(3))
            #expect(fresh["ok"]?["read"] == .integer(0))
            let resumed = try await agent.join(room, #","after":2"#)
            #expect(resumed["ok"]?["events"]?.array?.count == 1)
            #expect(resumed["ok"]?["unread"] == nil && resumed["ok"]?["conv"] == nil)
        }
    }

    @Test func clientAheadOfTheHubIsLive() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            _ = try await visitor.say("a", in: room, mid: "a")
            let reply = try await visitor.join(room, #","after":7"#)
            #expect(reply["ok"]?["live"] == .bool(true))
            #expect(reply["ok"]?["events"] == .array([]))
        }
    }

    @Test func whoLeftGetsNothingMore() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (one, _, _) = try await hub.newStaff()
            let (two, _, _) = try await hub.newStaff()
            for agent in [one, two] { _ = try await agent.join(room) }
            #expect(try await one.call(#""op":"leave","room":"\#(room)""#)["ok"] == .object([:]))
            _ = try await visitor.say("a", in: room, mid: "a")
            _ = try await two.push("msg")
            // A reply to `one` after the push to `two`: its lane had time to hand over a push.
            _ = try await one.call(#""op":"history","room":"\#(room)""#)
            #expect(one.pushes("msg").isEmpty)
            #expect(try await one.say("x", in: room, mid: "x")["err"]?["code"] == .string("not_joined"))
            #expect(try await one.join(room)["ok"]?["live"] == .bool(true))
        }
    }

    @Test func leaveRightAfterJoinIsNotOvertaken() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            _ = try await visitor.say("a", in: room, mid: "a")
            let (agent, _, _) = try await hub.newStaff()
            // The side room is not loaded yet: the leave comes while it is.
            let side = try #require(try await agent.join(room)["ok"]?["side"]?.string.flatMap(RoomID.init))
            let join = agent.nextID()
            let leave = agent.nextID()
            agent.send(#""op":"join","id":\#(join),"room":"\#(side)""#)
            agent.send(#""op":"leave","id":\#(leave),"room":"\#(side)""#)
            _ = try await agent.reply(to: join)
            _ = try await agent.reply(to: leave)
            let actor = try #require(hub.directory.loadedRoom(side))
            try await eventually("nobody is in the room") { await actor.members.isEmpty }
        }
    }

    @Test func readMarkerRightAfterJoinIsNotOvertaken() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            _ = try await visitor.say("a", in: room, mid: "a")
            let (agent, _, _) = try await hub.newStaff()
            // An actor that must read the room from the store first.
            hub.directory.forget(try #require(hub.directory.loadedRoom(room)))
            let join = agent.nextID()
            let read = agent.nextID()
            agent.send(#""op":"join","id":\#(join),"room":"\#(room)""#)
            agent.send(#""op":"read","id":\#(read),"room":"\#(room)","seq":1"#)
            #expect(try await agent.reply(to: read)["ok"] == .object(["seq": .integer(1), "unread": .integer(0)]))
        }
    }
}
