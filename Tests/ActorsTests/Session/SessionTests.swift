import Domain
import HubTestKit
import Testing

@testable import Actors

/// Being let in, staying, and being shown the door.
@Suite struct SessionTests {
    @Test func authBringsItsRoomsInOneReply() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            _ = try await visitor.say("a", in: room, mid: "a")
            let (_, user, token) = try await hub.newStaff()
            let client = hub.connect(.staff)
            let nowhere = RoomID.sample(88)
            let reply = try await client.call(
                #""op":"auth","token":"\#(token)","rooms":{"\#(room)":0,"\#(nowhere)":4}"#)
            let ok = try #require(reply["ok"])
            #expect(ok["user"]?["id"] == .string(user.id.text) && ok["user"]?["email"] == .string(user.email))
            #expect(ok["session"]?.string?.hasPrefix("s_") == true)
            #expect((ok["expires_ms"]?.integer ?? 0) > 0)
            #expect(ok["rooms"]?[room.text]?["events"]?.array?.count == 1)
            #expect(ok["rooms"]?[room.text]?["live"] == .bool(true))
            #expect(ok["rooms"]?[nowhere.text]?["err"]?["code"] == .string("not_found"))
            #expect(client.frames.first == reply, "nothing comes before the answer to auth")
        }
    }

    /// What is pushed while the joins of an auth are under way waits for its reply.
    @Test func nothingOvertakesTheReplyToAuth() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, token, room) = try await hub.newVisitor()
            for round in 0..<20 {
                for number in 0..<5 {
                    visitor.send(TestClient.message("x", in: room, mid: "k\(round)-\(number)"))
                }
                let tab = try await hub.visitor(token, in: room)
                #expect(tab.frames.first?["re"] != nil)
                try await eventually("the copy is whole") { tab.copy(of: room).last >= Int64(round + 1) * 5 }
                #expect(tab.copy(of: room).breaches == [])
                tab.disconnect()
            }
        }
    }

    @Test func visitorIsKnownAgainByTheToken() async throws {
        try await ActorsFixture.withHub { hub in
            let (first, token, room) = try await hub.newVisitor(named: "سارة")
            first.disconnect()
            let client = hub.connect(.visitor)
            let reply = try await client.call(#""op":"auth","token":"\#(token)","profile":{"email":"s@mail.example"}"#)
            #expect(reply["ok"]?["room"] == .string(room.text))
            #expect(reply["ok"]?["name"] == .string("سارة"))
            #expect(reply["ok"]?["verified"] == .bool(false))
            #expect(reply["ok"]?["rooms"]?[room.text]?["live"] == .bool(true))
            let (agent, _, _) = try await hub.newStaff()
            let contact = try await agent.join(room)["ok"]?["conv"]?["contact"]
            #expect(contact?["email"] == .string("s@mail.example"))
        }
    }

    @Test func badTokensEndTheConnection() async throws {
        try await ActorsFixture.withHub { hub in
            let visitor = hub.connect(.visitor)
            let unknown = try await visitor.call(#""op":"auth","token":"unknown""#)
            #expect(unknown["err"]?["code"] == .string("unauthorized"))
            // The end comes behind the reply.
            try await eventually("it is closed") { visitor.closedFor == .badToken }
            let staff = hub.connect(.staff)
            #expect(try await staff.call(#""op":"auth","token":"a.b.c""#)["err"]?["code"] == .string("unauthorized"))
            try await eventually("it is closed") { staff.closedFor == .badToken }
            let (_, visitorToken, _) = try await hub.newVisitor()
            let crossed = hub.connect(.staff)
            #expect(try await crossed.call(#""op":"auth","token":"\#(visitorToken)""#)["err"] != nil)
            try await eventually("it is closed") { crossed.closedFor == .badToken }
        }
    }

    @Test func wrongSignatureMayTryAgain() async throws {
        try await ActorsFixture.withHub { hub in
            let client = hub.connect(.visitor)
            let wrong = try await client.call(#""op":"auth","profile":{"user_id":"42","signature":"00"}"#)
            #expect(wrong["err"]?["code"] == .string("unauthorized"))
            #expect(client.closedFor == nil)
            #expect(try await client.call(#""op":"auth""#)["ok"] != nil)
        }
    }

    @Test func tooManyRoomsInOneAuthAreRefused() async throws {
        try await ActorsFixture.withHub(.set { $0.people.maxRoomsPerConnection = 3 }) { hub in
            let (_, _, token) = try await hub.newStaff()
            let rooms = (1...4).map { #""\#(RoomID.sample($0))":0"# }.joined(separator: ",")
            let client = hub.connect(.staff)
            let reply = try await client.call(#""op":"auth","token":"\#(token)","rooms":{\#(rooms)}"#)
            #expect(reply["err"]?["code"] == .string("too_large"))
            #expect(client.closedFor == nil)
            #expect(hub.directory.loadedCount == 0)
        }
    }

    @Test func tooManyRoomsByAndByAreRefused() async throws {
        try await ActorsFixture.withHub(.set { $0.people.maxRoomsPerConnection = 2 }) { hub in
            let (agent, _, _) = try await hub.newStaff()
            var rooms: [RoomID] = []
            for _ in 0..<3 { rooms.append(try await hub.newVisitor().room) }
            for room in rooms.prefix(2) { #expect(try await agent.join(room)["ok"] != nil) }
            #expect(try await agent.join(rooms[0])["ok"] != nil, "joining again is no other room")
            #expect(try await agent.join(rooms[2])["err"]?["code"] == .string("too_large"))
            _ = try await agent.call(#""op":"leave","room":"\#(rooms[0])""#)
            #expect(try await agent.join(rooms[2])["ok"] != nil)
        }
    }

    @Test func tooManyConnectionsOfOnePersonAreClosed() async throws {
        try await ActorsFixture.withHub(.set { $0.people.maxConnectionsPerPerson = 2 }) { hub in
            let (_, _, token) = try await hub.newStaff()
            let second = try await hub.staff(token)
            let third = hub.connect(.staff)
            third.send(#""op":"auth","id":1,"token":"\#(token)""#)
            try await eventually("the third is closed") { third.closedFor == .tooManyConnections }
            second.disconnect()
            try await eventually("there is room again") {
                let fourth = hub.connect(.staff)
                fourth.send(#""op":"auth","id":1,"token":"\#(token)""#)
                try await eventually("an answer") { fourth.closedFor != nil || !fourth.frames.isEmpty }
                return fourth.closedFor == nil
            }
        }
    }

    /// A socket that closes while it is let in leaves nothing behind.
    @Test func socketsThatCloseDuringAuthAreForgotten() async throws {
        try await ActorsFixture.withHub(.set { $0.people.maxConnectionsPerPerson = 3 }) { hub in
            let (first, _, token) = try await hub.newStaff()
            let (visitor, _, room) = try await hub.newVisitor()
            first.disconnect()
            func decided() -> Int { hub.lanes.reduce(0) { $0 + $1.decidedAuths } }
            let before = decided()
            for _ in 0..<12 {
                let client = hub.connect(.staff)
                client.send(#""op":"auth","id":1,"token":"\#(token)","rooms":{"\#(room)":0}"#)
                client.disconnect()
            }
            try await eventually("all of them are decided") { decided() == before + 12 }
            try await eventually("only the visitor is connected") { hub.sessions.connectedPeople == 1 }
            let actor = try #require(hub.directory.loadedRoom(room))
            try await eventually("only the visitor is in the room") { await actor.members.count == 1 }
            #expect(visitor.closedFor == nil)
            _ = try await hub.staff(token)
        }
    }

    @Test func endedLoginEndsItsSocketsOnly() async throws {
        try await ActorsFixture.withHub { hub in
            let (phone, user, _) = try await hub.newStaff()
            let desk = try await hub.staff(try await hub.signIn(user))
            let session = try #require(
                phone.frames.first?["ok"]?["session"]?.string.flatMap(SessionID.init))
            hub.sessions.ended(StaffLogin(user: user.id, family: session))
            try await eventually("the phone is closed") { phone.closedFor == .revoked }
            #expect(try await desk.call(#""op":"presence","state":"busy""#)["ok"] != nil)
            #expect(desk.closedFor == nil)
        }
    }

    @Test func newTokenKeepsTheConnection() async throws {
        try await ActorsFixture.withHub { hub in
            let (agent, user, _) = try await hub.newStaff()
            let (_, _, room) = try await hub.newVisitor()
            _ = try await agent.join(room)
            let renewed = try await agent.call(#""op":"auth","token":"\#(try await hub.signIn(user))""#)
            #expect(renewed["ok"]?["rooms"] == .object([:]))
            #expect(try await agent.say("still in", in: room, mid: "k")["ok"] != nil)

            let (_, _, foreign) = try await hub.newStaff()
            let other = try await agent.call(#""op":"auth","token":"\#(foreign)""#)
            #expect(other["err"]?["code"] == .string("forbidden"))
        }
    }

    @Test func peopleWithoutConnectionsAreForgotten() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, token, room) = try await hub.newVisitor()
            let tab = try await hub.visitor(token, in: room)
            #expect(hub.sessions.connectedPeople == 1)
            visitor.disconnect()
            tab.disconnect()
            try await eventually("nobody is left") { hub.sessions.connectedPeople == 0 }
            _ = try await hub.visitor(token, in: room)
            #expect(hub.sessions.connectedPeople == 1)
        }
    }

    /// Sessions end and begin at the same moment again and again.
    @Test func comingWhileTheLastOneGoesIsServed() async throws {
        try await ActorsFixture.withHub { hub in
            var (last, token, room) = try await hub.newVisitor()
            for number in 0..<60 {
                let next = hub.connect(.visitor)
                next.expect(room, after: 0)
                next.send(#""op":"auth","id":9,"token":"\#(token)""#)
                last.disconnect()
                let reply = try await next.reply(to: 9)
                #expect(reply["ok"] != nil)
                let said = try await next.say("x", in: room, mid: "k\(number)")
                #expect(said["ok"]?["seq"] == .integer(Int64(number) + 1))
                last = next
            }
        }
    }

    @Test func questionsAreAnswered() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            _ = try await visitor.say("طلب رقم ١٢٣", in: room, mid: "a")
            let (agent, _, _) = try await hub.newStaff()
            let found = try await agent.call(#""op":"search","q":"123""#)
            #expect(found["ok"]?["hits"]?.array?.count == 1)
            let empty = try await agent.call(#""op":"search","q":"؟؟""#)
            #expect(empty["err"]?["code"] == .string("bad_request"))
            let history = try await visitor.call(#""op":"history","room":"\#(room)""#)
            #expect(history["ok"]?["messages"]?.array?.count == 1 && history["ok"]?["as_of"] == .integer(1))
        }
    }
}
