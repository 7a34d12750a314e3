import Domain
import Storage
import Testing

@Suite struct RoomRoutesTests {
    private let path = "/api/v1/rooms"

    @Test func channelIsOpenToAllStaff() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("Sara")
            let omar = try await hub.signedIn("Omar")
            let made = try await hub.client.post(
                path, ["kind": .string("channel"), "title": .string("  إعلانات   عامة ")], token: sara.token)
            #expect(made.status == 201)
            let room = try #require(RoomID(try made.text("id")))
            #expect(try made.text("title") == "إعلانات عامة")
            try await hub.say("أهلا", sara.user.participant, in: room)
            let seen = try #require(try await hub.client.get(path, token: omar.token).list("rooms").first)
            #expect(seen["id"]?.string == room.text)
            #expect(seen["kind"]?.string == "channel")
            #expect(seen["head"]?.integer == 1)
            #expect(seen["unread"]?.integer == 1)
            #expect(seen["members"]?.array == [])
            #expect(seen["last"]?["text"]?.string == "أهلا")
        }
    }

    @Test func groupIsSeenByItsMembersOnly() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("Sara")
            let omar = try await hub.signedIn("Omar")
            let huda = try await hub.signedIn("Huda")
            let room = try await hub.makeGroup(sara.token, members: [omar.user, sara.user])
            let seen = try #require(try await hub.client.get(path, token: omar.token).list("rooms").first)
            #expect(seen["id"]?.string == room.text)
            #expect(seen["members"]?.array?.compactMap { $0["name"]?.string }.sorted() == ["Omar", "Sara"])
            #expect(try await hub.client.get(path, token: huda.token).list("rooms").isEmpty)
        }
    }

    @Test func directRoomOfTwoPeopleIsMadeOnce() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("Sara")
            let omar = try await hub.signedIn("Omar")
            let made = try await hub.client.post(
                path, ["kind": .string("direct"), "members": .array([.string(omar.user.id.text)])], token: sara.token)
            #expect(made.status == 201)
            let room = try #require(RoomID(try made.text("id")))
            try await hub.say("سلام", sara.user.participant, in: room)
            let found = try await hub.client.post(
                path, ["kind": .string("direct"), "members": .array([.string(sara.user.id.text)])], token: omar.token)
            #expect(found.status == 200)
            #expect(try found.text("id") == room.text)
            #expect(try found.number("head") == 1)
            #expect(try found.number("unread") == 1)
            #expect(try found.list("members").count == 2)
        }
    }

    @Test func roomsThatCannotBeAreRefused() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("Sara")
            let omar = try await hub.addStaff("Omar")
            let gone = try await hub.addStaff("Gone")
            try await hub.stores.users.setDisabled(true, of: gone.id, at: hub.clock.now)
            for (body, status) in Self.refused(self: sara.user.id, other: omar.id, disabled: gone.id) {
                let answer = try await hub.client.post(path, body, token: sara.token)
                try answer.expectProblem(status, status == 404 ? "not_found" : "bad_request")
            }
            #expect(try await hub.client.get(path, token: sara.token).list("rooms").isEmpty)
            let visitor = try await hub.visitor("ليلى")
            let body: [String: JSONValue] = ["kind": .string("channel"), "title": .string("x")]
            try await hub.client.post(path, body, token: visitor.token).expectProblem(403, "forbidden")
        }
    }

    private static func refused(
        self me: UserID,
        other: UserID,
        disabled: UserID
    ) -> [([String: JSONValue], status: Int)] {
        func room(_ kind: String, _ title: JSONValue?, _ members: JSONValue? = nil) -> [String: JSONValue] {
            var body: [String: JSONValue] = ["kind": .string(kind)]
            body["title"] = title
            body["members"] = members
            return body
        }
        func ids(_ ids: UserID...) -> JSONValue { .array(ids.map { .string($0.text) }) }
        let nobody = UserID.make(at: Timestamp(milliseconds: 1))
        return [
            ([:], 400), (room("conversation", .string("x")), 400), (room("side", .string("x")), 400),
            (room("channel", nil), 400), (room("group", .string(" \n ")), 400), (room("group", .integer(7)), 400),
            (room("channel", .string(String(repeating: "ع", count: 101))), 400),
            (room("direct", nil), 400), (room("direct", nil, ids(me)), 400),
            (room("direct", nil, ids(other, disabled)), 400), (room("direct", nil, ids(disabled)), 404),
            (room("direct", nil, ids(nobody)), 404), (room("group", .string("x"), .string("all")), 400),
            (room("group", .string("x"), .array([.integer(1)])), 400),
        ]
    }
}
