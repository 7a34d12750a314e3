import Actors
import Domain
import HTTPTypes
import Storage
import Testing

@testable import RestFacade

@Suite struct RatingRoutesTests {
    @Test func aSurveyIsAnsweredOnceAndOpensNothing() async throws {
        try await RestHub.with { hub in
            let agent = try await hub.signedIn("عمر")
            let visitor = try await hub.visitor("نورة")
            let room = visitor.visitor.room
            try await hub.say("؟", visitor.visitor.participant, in: room)
            let resolved = Draft(
                author: agent.user.participant, mid: .fresh(), content: .state(.resolved, until: nil))
            _ = try await hub.rooms.append(resolved, to: room)
            let asked = try await hub.rooms.append(
                Draft(author: .hub, mid: .following(SequenceNumber(1), "survey"), content: .survey), to: room)

            let path = "/api/v1/conversations/\(room)/rating"
            let body: [String: JSONValue] = ["survey": .integer(asked.seq.value), "score": 5, "comment": "شكراً"]
            try await hub.client.post(path, body, token: agent.token).expectProblem(403, "forbidden")
            let stranger = try await hub.visitor("غريب").token
            try await hub.client.post(path, body, token: stranger).expectProblem(403, "forbidden")
            for wrong: [String: JSONValue] in [["survey": 1, "score": 5], ["survey": 3, "score": 6], ["score": 5]] {
                try await hub.client.post(path, wrong, token: visitor.token).expectProblem(422, "invalid")
            }
            let first = try await hub.client.post(path, body, token: visitor.token)
            #expect(first.status == 200)
            #expect(try await hub.client.post(path, body, token: visitor.token).json() == first.json())
            let other = body.merging(["score": 1]) { $1 }
            try await hub.client.post(path, other, token: visitor.token).expectProblem(409, "conflict")

            let state = try await hub.stores.conversations.summaries(of: [room]).first?.conversation.state
            #expect(state == .resolved)
            let list = try await hub.client.get("/api/v1/ratings?conversation=\(room)", token: agent.token)
            let rating = try #require(try list.list("items").first)
            #expect(rating["score"]?.integer == 5 && rating["comment"]?.string == "شكراً")
            try await hub.client.get("/api/v1/ratings", token: visitor.token).expectProblem(403, "forbidden")
        }
    }
}
