import Domain
import HubTestKit
import Integrations
import Storage
import Testing

@testable import Actors

/// Two hubs on one database: neither knows of the other but through the store.
@Suite struct TwoHubsTests {
    @Test func bothEndWithTheSameLogAtEveryMember() async throws {
        try await ActorsFixture.with { fixture in
            let one = try await fixture.hub(.set { $0.rooms.fetchPage = 7 })
            let two = try await fixture.hub(.set { $0.rooms.fetchPage = 7 })
            let (visitor, token, room) = try await one.newVisitor()
            let (_, _, staffToken) = try await one.newStaff()
            let here = try await one.staff(staffToken)
            let there = try await two.staff(staffToken)
            let tab = try await two.visitor(token, in: room)
            for agent in [here, there] { agent.follow(room) }
            try await eventually("both are live") { here.copy(of: room).isLive && there.copy(of: room).isLive }

            for number in 0..<120 {
                visitor.send(TestClient.message("v", in: room, mid: "v\(number)"))
                tab.send(TestClient.message("t", in: room, mid: "t\(number)"))
                here.send(TestClient.message("h", in: room, mid: "h\(number)"))
                there.send(TestClient.message("x", in: room, mid: "x\(number)"))
                // Pauses let the hubs take turns.
                if number % 10 == 0 { _ = try await there.call(#""op":"history","room":"\#(room)","limit":1"#) }
            }
            try await eventually("all messages") { try await one.events(of: room).count == 480 }
            for client in [here, there, tab] { try await JoiningTests.expectExactCopy(client, of: room, one) }
        }
    }

    @Test func sameWriteThroughBothHubsHappensOnce() async throws {
        try await ActorsFixture.with { fixture in
            let one = try await fixture.hub()
            let two = try await fixture.hub()
            let (visitor, token, room) = try await one.newVisitor()
            let tab = try await two.visitor(token, in: room)
            for number in 0..<20 {
                let mid: MID = "k\(number)"
                async let first = visitor.say("a", in: room, mid: mid)
                async let second = tab.say("a", in: room, mid: mid)
                let replies = try await [first, second]
                #expect(replies[0]["ok"]?["seq"] == replies[1]["ok"]?["seq"])
                #expect(Set(replies.map { $0["ok"]?["dup"]?.bool }) == [true, false])
            }
            try await JoiningTests.expectExactCopy(tab, of: room, one)
            #expect(try await one.events(of: room).count == 20)
        }
    }

    @Test func joinWhileTheHubIsBehindTellsTheTrueHead() async throws {
        try await ActorsFixture.withHub(
            .set {
                $0.pollInterval = .seconds(3600)
                $0.rooms.tailEvents = 4
            }
        ) { hub in
            let (visitor, token, room) = try await hub.newVisitor()
            for number in 0..<20 { _ = try await visitor.say("a", in: room, mid: "k\(number)") }
            try await hub.appendElsewhere(30, to: room, named: "other")
            // Memory does not reach back to the start; the store is asked, and knows more than the hub.
            let tab = try await hub.visitor(token, in: room)
            #expect(tab.copy(of: room).last == 50)
            #expect(tab.copy(of: room).head == 50)
            #expect(tab.copy(of: room).breaches == [])
            _ = try await visitor.say("b", in: room, mid: "b")
            try await JoiningTests.expectExactCopy(tab, of: room, hub)
        }
    }

    @Test func moreChangesThanAPageAreAllSeen() async throws {
        try await ActorsFixture.with { fixture in
            let hub = try await fixture.hub(.set { $0.pollInterval = .seconds(3600) })
            let (_, _, token) = try await hub.newStaff()
            let now = Timestamp.present
            let older = (0..<1100).map { _ in RoomID.make(at: now) }
            for id in older {
                _ = try await hub.stores.rooms.makeRoom(
                    NewRoom(id: id, kind: .channel, title: "x", members: [], at: now))
            }
            let (_, visitorToken, room) = try await hub.newVisitor()

            // A hub that looks only now: more rooms changed just now than a page of changes holds.
            let late = try await fixture.hub(.set { $0.pollOverlap = .seconds(3600) })
            let tab = try await late.visitor(visitorToken, in: room)
            let agent = try await late.staff(token)
            agent.follow(room)
            try await eventually("live") { agent.copy(of: room).isLive }
            try await hub.appendElsewhere(3, to: room, named: "other")
            for client in [tab, agent] { try await JoiningTests.expectExactCopy(client, of: room, hub) }
        }
    }

    @Test func accountThatIsDisabledElsewhereEndsItsSockets() async throws {
        try await ActorsFixture.with { fixture in
            let one = try await fixture.hub()
            let two = try await fixture.hub()
            let (here, user, token) = try await one.newStaff()
            let there = try await two.staff(token)
            try await one.stores.users.setDisabled(true, of: user.id, at: .present)
            for client in [here, there] {
                try await eventually("the socket is closed") { client.closedFor == .revoked }
            }
            let again = one.connect(.staff)
            let reply = try await again.call(#""op":"auth","token":"\#(token)""#)
            #expect(reply["err"]?["code"] == .string("unauthorized"))
            try await eventually("it is closed") { again.closedFor == .badToken }
        }
    }

    @Test func loginThatIsEndedElsewhereEndsItsSocketsAndNoOther() async throws {
        try await ActorsFixture.with { fixture in
            let one = try await fixture.hub()
            let two = try await fixture.hub()
            let (here, user, token) = try await one.newStaff()
            let there = try await two.staff(token)
            let phone = try await two.staff(try await one.signIn(user))
            let family = try await one.accessTokens.verify(token, at: .present).family
            _ = try await one.stores.users.revokeRefreshFamily(ofHash: family.text, at: .present)
            for client in [here, there] {
                try await eventually("the socket is closed") { client.closedFor == .revoked }
            }
            _ = try await phone.call(#""op":"presence","state":"online""#)
            #expect(phone.closedFor == nil)
        }
    }

    @Test func anotherRoleGivenElsewhereEndsItsSockets() async throws {
        try await ActorsFixture.with { fixture in
            let one = try await fixture.hub()
            let two = try await fixture.hub()
            let (here, user, token) = try await one.newStaff(.supervisor)
            let there = try await two.staff(token)
            _ = try await one.stores.accounts.change(
                user.id, expected: nil, Writing(by: .system, at: .present)
            ) { $0.role = .agent }
            for client in [here, there] {
                try await eventually("the socket is closed") { client.closedFor == .revoked }
            }
        }
    }

    @Test func endedSnoozeOpensOnce() async throws {
        try await ActorsFixture.with { fixture in
            let one = try await fixture.hub()
            // Both keep time for every conversation.
            _ = try await fixture.hub()
            let (_, _, room) = try await one.newVisitor()
            let (agent, _, _) = try await one.newStaff()
            agent.follow(room)
            let until = (Timestamp.present + .seconds(3)).rfc3339
            _ = try await agent.call(#""op":"state","room":"\#(room)","mid":"s","state":"snoozed","until":"\#(until)""#)
            let opened = try await agent.push("state") { $0["state"] == .string("open") }
            #expect(opened["by"]?["id"] == .string("hub"))
            try await JoiningTests.expectExactCopy(agent, of: room, one)
            #expect(try await one.events(of: room).count == 2)
        }
    }
}
