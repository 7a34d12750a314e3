import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct TrainingRoutesTests {
    private static let path = "/api/v1/training-programs"

    @Test func aLearnerGoesThroughAProgram() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let (learner, token) = try await hub.signedIn("عمر")
            let made = try await Self.program(hub, admin)
            let path = try #require(made.header("Location"))
            #expect(try made.number("minutes") == 30)
            let modules = try made.list("modules").compactMap { $0["id"]?.string }

            let body: [String: JSONValue] = ["user": .string(learner.id.text)]
            try await hub.client.post("\(path)/enrolments", body, token: token).expectProblem(403, "forbidden")
            let enrolled = try await hub.client.post("\(path)/enrolments", body, token: admin)
            #expect(enrolled.status == 201)
            #expect(try enrolled.number("percent") == 0)
            try await hub.client.post("\(path)/enrolments", body, token: admin).expectProblem(409, "conflict")
            let mine = try #require(enrolled.header("Location"))
            #expect(try await hub.client.get(mine, token: token).json() == enrolled.json())

            // Learners mark what they did themselves, and nobody else's.
            let half = try await hub.client.send(.put, "\(mine)/modules/\(modules[0])", token: token)
            #expect(half.status == 200)
            #expect(try half.number("percent") == 50)
            let stranger = try await hub.signedIn("ليلى").token
            try await hub.client.send(.put, "\(mine)/modules/\(modules[1])", token: stranger)
                .expectProblem(403, "forbidden")
            let done = try await hub.client.send(.put, "\(mine)/modules/\(modules[1])", token: admin)
            #expect(try done.number("percent") == 100 && done.json()["completed_at"]?.string != nil)
            let reopened = try await hub.client.send(.delete, "\(mine)/modules/\(modules[1])", token: token)
            #expect(try reopened.number("percent") == 50)

            // A module keeps its id, and what was done of it, when its program changes.
            let kept: JSONValue = .object([
                "id": .string(modules[0]), "title": .string("أول جديد"), "minutes": .integer(5),
            ])
            let changed = try await hub.client.patch(path, ["modules": .array([kept])], token: admin)
            #expect(changed.status == 200)
            #expect(try await hub.client.get(mine, token: token).number("percent") == 100)
            let list = try await hub.client.get("\(path)/enrolments?user=\(learner.id)", token: token)
            #expect(try list.list("items").count == 1)
            let mineOfAll = "/api/v1/training-enrolments?user=\(learner.id)"
            for (state, count) in [("completed", 1), ("active", 0)] {
                let listed = try await hub.client.get("\(mineOfAll)&state=\(state)", token: token)
                #expect(try listed.list("items").count == count)
            }
            let program = try made.text("id")
            let all = try await hub.client.get("/api/v1/training-enrolments?program=\(program)", token: token)
            #expect(try all.list("items") == list.list("items"))
            try await hub.client.get("/api/v1/training-enrolments?state=open", token: token)
                .expectProblem(422, "invalid")
            try await hub.client.send(.delete, path, token: admin).expectProblem(409, "conflict")
            #expect(try await hub.client.send(.delete, mine, token: admin).status == 204)
            #expect(try await hub.client.send(.delete, path, token: admin).status == 204)
        }
    }

    @Test func wrongBodiesAreRefused() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let path = try #require(try await Self.program(hub, admin).header("Location"))
            let contact = JSONValue.string(ContactID.make(at: hub.clock.now).text)
            let user = JSONValue.string(UserID.make(at: hub.clock.now).text)
            let bodies: [[String: JSONValue]] = [[:], ["contact": contact, "user": user], ["user": user]]
            for body in bodies {
                try await hub.client.post("\(path)/enrolments", body, token: admin).expectProblem(422, "invalid")
            }
            let module: JSONValue = .object(["title": .string("أ")])
            try await hub.client.patch(path, ["modules": .array([module])], token: admin)
                .expectProblem(422, "invalid")
            try await hub.client.get("\(Self.path)/y_00000000000000000000000000/enrolments", token: admin)
                .expectProblem(404, "not_found")
        }
    }

    private static func program(_ hub: RestHub, _ token: String) async throws -> HTTPAnswer {
        let modules = [("أول", 10), ("ثان", 20)].map { title, minutes in
            JSONValue.object(["title": .string(title), "minutes": .integer(Int64(minutes))])
        }
        return try await hub.client.post(
            path, ["title_ar": "المبيعات", "state": "active", "modules": .array(modules)], token: token)
    }
}
