import Domain
import HTTPTypes
import Storage
import Testing

@Suite struct RoomMemberTests {
    private func path(_ room: RoomID, _ user: User) -> String { "/api/v1/rooms/\(room)/members/\(user.id)" }

    @Test func membersComeAndGoByEvents() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("Sara")
            let omar = try await hub.signedIn("Omar")
            let room = try await hub.makeGroup(sara.token)
            let events = "/api/v1/rooms/\(room)/events"
            try await hub.client.get(events, token: omar.token).expectProblem(403, "forbidden")
            for _ in 0..<2 {
                #expect(try await hub.client.send(.put, path(room, omar.user), token: sara.token).status == 204)
            }
            // The new member finds what was said before.
            let log = try await hub.client.get(events, token: omar.token).list("events")
            #expect(log.count == 1)
            #expect(log.first?["ev"]?.string == "member")
            #expect(log.first?["change"]?.string == "added")
            #expect(log.first?["who"]?["id"]?.string == omar.user.id.text)
            #expect(log.first?["by"]?["id"]?.string == sara.user.id.text)
            for _ in 0..<2 {
                #expect(try await hub.client.send(.delete, path(room, omar.user), token: sara.token).status == 204)
            }
            try await hub.client.get(events, token: omar.token).expectProblem(403, "forbidden")
            #expect(try await hub.client.get(events, token: sara.token).number("head") == 2)
        }
    }

    @Test func oneCanLeaveByOneself() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("Sara")
            let omar = try await hub.signedIn("Omar")
            let room = try await hub.makeGroup(sara.token, members: [omar.user])
            #expect(try await hub.client.send(.delete, path(room, omar.user), token: omar.token).status == 204)
            #expect(try await hub.client.get("/api/v1/rooms", token: omar.token).list("rooms").isEmpty)
        }
    }

    @Test func onlyMembersOfGroupsChangeThem() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("Sara")
            let omar = try await hub.signedIn("Omar")
            let visitor = try await hub.visitor("ليلى")
            let group = try await hub.makeGroup(sara.token)
            let client = hub.client
            try await client.send(.put, path(group, omar.user), token: omar.token).expectProblem(403, "forbidden")
            try await client.send(.put, path(group, omar.user), token: visitor.token).expectProblem(403, "forbidden")
            try await client.send(.put, path(group, omar.user)).expectProblem(401, "unauthorized")
            let conversation = path(visitor.visitor.room, omar.user)
            try await client.send(.put, conversation, token: sara.token).expectProblem(400, "bad_request")
            let nowhere = path(.make(at: hub.clock.now), omar.user)
            try await client.send(.put, nowhere, token: sara.token).expectProblem(404, "not_found")
            let nobody = "/api/v1/rooms/\(group)/members/\(UserID.make(at: hub.clock.now))"
            try await client.send(.put, nobody, token: sara.token).expectProblem(404, "not_found")
            try await client.send(.put, "/api/v1/rooms/x/members/y", token: sara.token).expectProblem(404, "not_found")
        }
    }

    @Test func disabledAccountsAreRemovedButNotAdded() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("Sara")
            let gone = try await hub.addStaff("Gone")
            let theirs = try await hub.makeGroup(sara.token, members: [gone])
            let room = try await hub.makeGroup(sara.token)
            try await hub.stores.users.setDisabled(true, of: gone.id, at: hub.clock.now)
            try await hub.client.send(.put, path(room, gone), token: sara.token).expectProblem(404, "not_found")
            #expect(try await hub.client.send(.delete, path(theirs, gone), token: sara.token).status == 204)
        }
    }
}
