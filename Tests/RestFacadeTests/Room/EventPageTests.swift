import Domain
import Storage
import Testing

@Suite struct EventPageTests {
    @Test func pagesAreTheWholeLogInOrder() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            let room = visitor.visitor.room
            for index in 1...7 { try await hub.say("رسالة \(index)", visitor.visitor.participant, in: room) }
            var numbers: [Int64] = []
            for expected in [3, 3, 1, 0] {
                let path = "/api/v1/rooms/\(room)/events?after=\(numbers.last ?? 0)&limit=3"
                let page = try await hub.client.get(path, token: visitor.token)
                #expect(page.status == 200)
                #expect(try page.text("room") == room.text)
                #expect(try page.number("head") == 7)
                let events = try page.list("events").compactMap { $0["seq"]?.integer }
                #expect(events.count == expected)
                numbers += events
            }
            #expect(numbers == Array(1...7))
        }
    }

    @Test func eventIsTheOneThatSocketsSee() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            let sara = try await hub.signedIn("سارة")
            let room = visitor.visitor.room
            try await hub.say("كيف أساعدك؟", sara.user.participant, in: room)
            let path = "/api/v1/rooms/\(room)/events"
            let mine = try #require(try await hub.client.get(path, token: visitor.token).list("events").first)
            #expect(mine["ev"]?.string == "msg")
            #expect(mine["room"]?.string == room.text)
            #expect(mine["kind"]?.string == "text")
            #expect(mine["body"]?["text"]?.string == "كيف أساعدك؟")
            // To a customer a member of staff is a name and no id.
            #expect(mine["by"]?["id"]?.string == "agent")
            let theirs = try #require(try await hub.client.get(path, token: sara.token).list("events").first)
            #expect(theirs["by"]?["id"]?.string == sara.user.id.text)
        }
    }

    @Test func customersReadTheirRoomAndNoOther() async throws {
        try await RestHub.with { hub in
            let laila = try await hub.visitor("ليلى")
            let noor = try await hub.visitor("نور")
            let sara = try await hub.signedIn("Sara")
            let summaries = try await hub.stores.conversations.summaries(of: [laila.visitor.room])
            let side = try #require(summaries.first?.conversation.side)
            try await hub.say("سر", sara.user.participant, in: side)
            let forbidden: [String] = [
                side.text, noor.visitor.room.text, RoomID.make(at: hub.clock.now).text, "nonsense",
                try await hub.makeGroup(sara.token).text,
            ]
            for room in forbidden {
                let answer = try await hub.client.get("/api/v1/rooms/\(room)/events", token: laila.token)
                try answer.expectProblem(403, "forbidden")
                #expect(try answer.text("detail") == "this room is not yours")
            }
            #expect(try await hub.client.get("/api/v1/rooms/\(side)/events", token: sara.token).number("head") == 1)
            let nowhere = "/api/v1/rooms/\(RoomID.make(at: hub.clock.now))/events"
            try await hub.client.get(nowhere, token: sara.token).expectProblem(404, "not_found")
            try await hub.client.get(nowhere).expectProblem(401, "unauthorized")
        }
    }

    @Test(arguments: [
        "after=-1", "after=x", "after=1.5", "after=", "after=99999999999999999999", "limit=0", "limit=501", "limit=x",
        "wait=-1", "wait=56", "wait=x", "wait=1.5",
    ])
    func parametersAreChecked(query: String) async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            let path = "/api/v1/rooms/\(visitor.visitor.room)/events?\(query)"
            try await hub.client.get(path, token: visitor.token).expectProblem(400, "bad_request")
        }
    }
}
