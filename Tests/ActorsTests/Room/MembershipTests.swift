import Domain
import HubTestKit
import Storage
import Testing

@testable import Actors

/// Internal rooms: who is let in, and who is shown the door.
@Suite struct MembershipTests {
    private func makeGroup(_ hub: TestHub, _ members: [User]) async throws -> RoomID {
        let room = NewRoom(
            id: .make(at: .present), kind: .group, title: "فريق", members: members.map(\.participant), at: .present)
        return try await hub.stores.rooms.makeRoom(room).room.id
    }

    private func change(_ change: EventContent.MembershipChange, _ who: User, by author: User, _ mid: MID) -> Draft {
        Draft(author: author.participant, mid: mid, content: .membership(change, who: who.participant))
    }

    @Test func whoIsRemovedIsGoneAndOutside() async throws {
        try await ActorsFixture.withHub { hub in
            let (owner, ownerUser, _) = try await hub.newStaff()
            let (member, memberUser, memberToken) = try await hub.newStaff()
            let group = try await makeGroup(hub, [ownerUser, memberUser])
            let tablet = try await hub.staff(memberToken)
            for client in [owner, member, tablet] { _ = try await client.join(group) }

            _ = try await hub.directory.append(change(.removed, memberUser, by: ownerUser, "r"), to: group)
            for client in [member, tablet] {
                let gone = try await client.push("gone")
                #expect(
                    gone == .object(["ev": .string("gone"), "room": .string(group.text), "reason": .string("removed")]))
                // The reason comes before the door: the event of the removal is the last they see.
                let last = client.frames.filter { $0["room"] == .string(group.text) }.compactMap { $0["ev"]?.string }
                #expect(last.suffix(2) == ["member", "gone"])
                #expect(try await client.say("x", in: group, mid: "x")["err"]?["code"] == .string("not_joined"))
                #expect(try await client.join(group)["err"]?["code"] == .string("forbidden"))
                let history = try await client.call(#""op":"history","room":"\#(group)""#)
                #expect(history["err"]?["code"] == .string("forbidden"))
            }
            #expect(try await owner.say("still here", in: group, mid: "s")["ok"] != nil)
            _ = try await owner.push("msg")
            #expect(member.pushes("msg").isEmpty)
        }
    }

    @Test func whoIsAddedIsLetIn() async throws {
        try await ActorsFixture.withHub { hub in
            let (owner, ownerUser, _) = try await hub.newStaff()
            let (late, lateUser, _) = try await hub.newStaff()
            let group = try await makeGroup(hub, [ownerUser])
            _ = try await owner.join(group)
            #expect(try await late.join(group)["err"]?["code"] == .string("forbidden"))
            _ = try await hub.directory.append(change(.added, lateUser, by: ownerUser, "a"), to: group)
            #expect(try await late.join(group)["ok"]?["live"] == .bool(true))
        }
    }

    @Test func removalThroughAnotherHubShowsTheDoorHereToo() async throws {
        try await ActorsFixture.with { fixture in
            let one = try await fixture.hub()
            let two = try await fixture.hub()
            let (_, ownerUser, _) = try await one.newStaff()
            let (member, memberUser, _) = try await one.newStaff()
            let group = try await makeGroup(one, [ownerUser, memberUser])
            _ = try await member.join(group)
            _ = try await two.directory.append(change(.removed, memberUser, by: ownerUser, "r"), to: group)
            _ = try await member.push("gone")
            #expect(try await member.join(group)["err"]?["code"] == .string("forbidden"))
        }
    }

    @Test func visitorsSeeNoOtherRoom() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, own) = try await hub.newVisitor()
            let (_, _, other) = try await hub.newVisitor()
            let (agent, agentUser, _) = try await hub.newStaff()
            let side = try #require(try await agent.join(own)["ok"]?["side"]?.string)
            let group = try await makeGroup(hub, [agentUser])
            let loaded = hub.directory.loadedCount
            for room in [other.text, side, group.text, RoomID.sample(77).text] {
                for members in [
                    #""op":"join","room":"\#(room)""#, #""op":"history","room":"\#(room)""#,
                    #""op":"send","room":"\#(room)","mid":"x","kind":"text","body":{"text":"x"}"#,
                    #""op":"read","room":"\#(room)","seq":1"#, #""op":"typing","room":"\#(room)","on":true"#,
                    #""op":"delete","room":"\#(room)","mid":"d","target":1"#,
                ] {
                    #expect(try await visitor.call(members)["err"]?["code"] == .string("forbidden"), "\(members)")
                }
            }
            for members in [#""op":"inbox""#, #""op":"search","q":"xx""#] {
                #expect(try await visitor.call(members)["err"]?["code"] == .string("forbidden"))
            }
            #expect(hub.directory.loadedCount == loaded, "guessing ids loads no room")
        }
    }

    @Test func notesStayOnTheirSide() async throws {
        try await ActorsFixture.withHub { hub in
            let (visitor, _, room) = try await hub.newVisitor()
            let (agent, _, _) = try await hub.newStaff()
            _ = try await visitor.say("a", in: room, mid: "a")
            let side = try #require(try await agent.join(room)["ok"]?["side"]?.string.flatMap(RoomID.init))
            _ = try await agent.join(side)
            _ = try await agent.say("note", in: side, mid: "note")
            let note = try await agent.push("msg") { $0["room"] == .string(side.text) }
            #expect(note["anchor"] == .integer(1))
            _ = try await visitor.say("b", in: room, mid: "b")
            _ = try await visitor.join(room)
            #expect(!visitor.frames.contains { "\($0)".contains(side.text) || "\($0)".contains("note") })
        }
    }

    @Test func roomThatIsNotThereIsNotFound() async throws {
        try await ActorsFixture.withHub { hub in
            let (agent, agentUser, _) = try await hub.newStaff()
            let nowhere = RoomID.sample(99)
            #expect(try await agent.join(nowhere)["err"]?["code"] == .string("not_found"))
            let draft = Draft(author: agentUser.participant, mid: "x", content: .message(.text("x"), replyTo: nil))
            await #expect(throws: HubError.notFound("there is no such room")) {
                try await hub.directory.append(draft, to: nowhere)
            }
            await #expect(throws: HubError.notFound("there is no such room")) {
                try await hub.directory.authorize(.staff(agentUser), in: nowhere)
            }
        }
    }

    @Test func madeRoomIsAnnouncedToItsMembers() async throws {
        try await ActorsFixture.withHub { hub in
            let (one, oneUser, _) = try await hub.newStaff()
            let (two, _, _) = try await hub.newStaff()
            let (visitor, _, _) = try await hub.newVisitor()
            let group = try await makeGroup(hub, [oneUser])
            let room = try #require(try await hub.stores.rooms.room(group))
            await hub.directory.announce(room, to: [oneUser.id])
            let push = try await one.push("room")
            #expect(push["title"] == .string("فريق") && push["kind"] == .string("group"))
            await hub.directory.announce(room, to: nil)
            _ = try await two.push("room")
            #expect(two.pushes("room").count == 1 && visitor.pushes("room").isEmpty)
        }
    }
}
