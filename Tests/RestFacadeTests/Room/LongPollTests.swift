import Domain
import Testing

@Suite struct LongPollTests {
    @Test func itAnswersWhenSomethingIsSaid() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            let room = visitor.visitor.room
            async let answer = hub.client.get("/api/v1/rooms/\(room)/events?after=0&wait=55", token: visitor.token)
            try await hub.say("مرحبا", visitor.visitor.participant, in: room)
            #expect(try await answer.number("head") == 1)
            #expect(try await answer.list("events").count == 1)
        }
    }

    @Test func itAnswersAtOnceWhenThereIsSomething() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            let room = visitor.visitor.room
            for _ in 0..<3 { try await hub.say("مرحبا", visitor.visitor.participant, in: room) }
            let answer = try await within(.seconds(20), "an answer without waiting") {
                try await hub.client.get("/api/v1/rooms/\(room)/events?after=1&wait=55", token: visitor.token)
            }
            #expect(try answer.list("events").compactMap { $0["seq"]?.integer } == [2, 3])
        }
    }

    @Test func itEndsEmptyWhenTheTimeIsUp() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            let room = visitor.visitor.room
            try await hub.say("مرحبا", visitor.visitor.participant, in: room)
            let start = ContinuousClock.now
            let answer = try await hub.client.get("/api/v1/rooms/\(room)/events?after=1&wait=1", token: visitor.token)
            #expect(ContinuousClock.now - start >= .milliseconds(900))
            #expect(try answer.list("events").isEmpty)
            #expect(try answer.number("head") == 1)
        }
    }

    /// A client that polls with the last number it has misses nothing and sees nothing twice.
    @Test func pollingIsTheWholeLog() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            let room = visitor.visitor.room
            async let writing: Void = {
                for index in 1...40 { try await hub.say("رسالة \(index)", visitor.visitor.participant, in: room) }
            }()
            var numbers: [Int64] = []
            while numbers.count < 40 {
                let path = "/api/v1/rooms/\(room)/events?after=\(numbers.last ?? 0)&limit=7&wait=55"
                let page = try await hub.client.get(path, token: visitor.token)
                numbers += try page.list("events").compactMap { $0["seq"]?.integer }
            }
            try await writing
            #expect(numbers == Array(1...40))
        }
    }

    @Test func itEndsWhenTheHubStops() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            let path = "/api/v1/rooms/\(visitor.visitor.room)/events?wait=55"
            let start = ContinuousClock.now
            async let answer = hub.client.get(path, token: visitor.token)
            hub.drain.turnOn()
            #expect(try await answer.list("events").isEmpty)
            #expect(ContinuousClock.now - start < .seconds(50))
        }
    }

    @Test func onePersonHasOnlySoManyOpen() async throws {
        var options = RestHub.Options()
        options.maxStreamsPerPerson = 2
        try await RestHub.with(options) { hub in
            let laila = try await hub.visitor("ليلى")
            let noor = try await hub.visitor("نور")
            let path = "/api/v1/rooms/\(laila.visitor.room)/events"
            try await hub.client.stream(path, token: laila.token) { first in
                #expect(try await first.next() == .comment("here"))
                try await hub.client.stream(path, token: laila.token) { second in
                    #expect(try await second.next() == .comment("here"))
                    let refused = try await hub.client.get("\(path)?wait=1", token: laila.token)
                    try refused.expectProblem(429, "rate_limited")
                    #expect(refused.header("Retry-After") == "5")
                    // Neither plain pages nor other people are concerned.
                    #expect(try await hub.client.get(path, token: laila.token).status == 200)
                    let other = "/api/v1/rooms/\(noor.visitor.room)/events?wait=1"
                    #expect(try await hub.client.get(other, token: noor.token).status == 200)
                }
            }
            // Closed streams give their places back.
            try await within(.seconds(20), "a free place") {
                while try await hub.client.get("\(path)?wait=1", token: laila.token).status != 200 {
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
        }
    }
}
