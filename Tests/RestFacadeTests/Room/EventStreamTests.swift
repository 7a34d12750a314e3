import Domain
import HTTPTypes
import Storage
import Testing

@Suite struct EventStreamTests {
    @Test func historyComesFirstAndThenWhatIsSaid() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            let sara = try await hub.addStaff("سارة")
            let room = visitor.visitor.room
            for index in 1...3 { try await hub.say("قديم \(index)", visitor.visitor.participant, in: room) }
            try await hub.client.stream("/api/v1/rooms/\(room)/events", token: visitor.token) { stream in
                for expected in 1...3 as ClosedRange<Int64> {
                    let event = try await stream.nextEvent()
                    #expect(event.seq == expected)
                    #expect(event.data["seq"]?.integer == expected)
                }
                try await hub.say("جديد", sara.participant, in: room)
                let event = try await stream.nextEvent()
                #expect(event.seq == 4)
                #expect(event.data["body"]?["text"]?.string == "جديد")
                #expect(event.data["by"]?["id"]?.string == "agent")
            }
        }
    }

    @Test(arguments: [("?after=2", "4", 5), ("?after=3", nil, 4), ("", "0", 1)] as [(String, String?, Int64)])
    func lastEventIDResumesAndWinsOverTheAddress(query: String, header: String?, first: Int64) async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            let room = visitor.visitor.room
            for index in 1...5 { try await hub.say("\(index)", visitor.visitor.participant, in: room) }
            let headers = header.map { ["Last-Event-ID": $0] } ?? [:]
            let path = "/api/v1/rooms/\(room)/events\(query)"
            let seq = try await hub.client.stream(path, token: visitor.token, headers: headers) { stream in
                try await stream.nextEvent().seq
            }
            #expect(seq == first)
        }
    }

    @Test func lastEventIDIsChecked() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            let path = "/api/v1/rooms/\(visitor.visitor.room)/events"
            let headers = ["Accept": "text/event-stream", "Last-Event-ID": "x"]
            try await hub.client.get(path, token: visitor.token, headers: headers).expectProblem(400, "bad_request")
        }
    }

    /// Written to while it is read, and longer than one page: no gap, no repeat.
    @Test func streamIsTheWholeLog() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            let room = visitor.visitor.room
            async let writing: Void = {
                for index in 1...60 { try await hub.say("رسالة \(index)", visitor.visitor.participant, in: room) }
            }()
            let path = "/api/v1/rooms/\(room)/events?limit=7"
            let numbers = try await hub.client.stream(path, token: visitor.token) { stream async throws in
                var numbers: [Int64] = []
                while numbers.count < 60 { numbers.append(try await stream.nextEvent().seq) }
                return numbers
            }
            try await writing
            #expect(numbers == Array(1...60))
        }
    }

    @Test func silenceIsFilledWithComments() async throws {
        var options = RestHub.Options()
        options.streamHeartbeat = .milliseconds(50)
        try await RestHub.with(options) { hub async throws in
            let visitor = try await hub.visitor("ليلى")
            let path = "/api/v1/rooms/\(visitor.visitor.room)/events"
            try await hub.client.stream(path, token: visitor.token) { stream async throws in
                #expect(try await stream.next() == .comment("here"))
                #expect(try await stream.next() == .comment("ping"))
                #expect(try await stream.next() == .comment("ping"))
            }
        }
    }

    @Test func streamEndsWhenTheHubStops() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            try await hub.say("مرحبا", visitor.visitor.participant, in: visitor.visitor.room)
            let path = "/api/v1/rooms/\(visitor.visitor.room)/events"
            let numbers = try await hub.client.stream(path, token: visitor.token) { stream in
                #expect(try await stream.next() == .comment("here"))
                hub.drain.turnOn()
                return try await stream.rest()
            }
            #expect(numbers.count <= 1)
        }
    }

    /// Whoever is removed sees nothing that is said afterwards, however lively the room is.
    @Test func streamEndsWithTheRightToTheRoom() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("Sara")
            let omar = try await hub.signedIn("Omar")
            let room = try await hub.makeGroup(sara.token, members: [omar.user])
            try await hub.say("أهلا", sara.user.participant, in: room)
            let numbers = try await hub.client.stream("/api/v1/rooms/\(room)/events", token: omar.token) { stream in
                #expect(try await stream.nextEvent().seq == 1)
                let member = "/api/v1/rooms/\(room)/members/\(omar.user.id)"
                #expect(try await hub.client.send(.delete, member, token: sara.token).status == 204)
                for _ in 0..<5 { try await hub.say("بدونه", sara.user.participant, in: room) }
                return try await stream.rest()
            }
            #expect(numbers.allSatisfy { $0 <= 2 })
        }
    }

    @Test func streamEndsWithItsToken() async throws {
        var options = RestHub.Options()
        options.streamHeartbeat = .milliseconds(50)
        try await RestHub.with(options) { hub in
            let sara = try await hub.signedIn("Sara")
            let room = try await hub.makeGroup(sara.token)
            let numbers = try await hub.client.stream("/api/v1/rooms/\(room)/events", token: sara.token) { stream in
                #expect(try await stream.next() == .comment("here"))
                try await hub.stores.users.setDisabled(true, of: sara.user.id, at: hub.clock.now)
                return try await stream.rest()
            }
            #expect(numbers.isEmpty)
        }
    }

    @Test func streamOfAForeignRoomNeverBegins() async throws {
        try await RestHub.with { hub in
            let laila = try await hub.visitor("ليلى")
            let noor = try await hub.visitor("نور")
            let path = "/api/v1/rooms/\(noor.visitor.room)/events"
            let answer = try await hub.client.get(path, token: laila.token, headers: ["Accept": "text/event-stream"])
            try answer.expectProblem(403, "forbidden")
        }
    }
}
