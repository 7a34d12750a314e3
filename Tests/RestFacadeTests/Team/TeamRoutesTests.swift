import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct TeamRoutesTests {
    private static let path = "/api/v1/teams"

    @Test func aTeamLives() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("سارة", role: .admin)
            let agent = try await hub.signedIn("عمر").token
            let body: [String: JSONValue] = [
                "name_ar": "المبيعات", "skills": ["بطاقات"], "members": [.string(sara.user.id.text)],
            ]
            try await hub.client.post(Self.path, body, token: agent).expectProblem(403, "forbidden")
            let made = try await hub.client.post(Self.path, body, token: sara.token)
            let place = try #require(made.header("Location"))
            #expect(try await hub.client.get(place, token: agent).json() == made.json())
            let changed = try await hub.client.patch(
                place, ["name_en": "Sales", "members": []], token: sara.token, headers: ["If-Match": #""v1""#])
            #expect(try changed.text("name_en") == "Sales" && changed.list("members").isEmpty)
            let bad: [String: JSONValue] = ["members": [.string(UserID.make(at: hub.clock.now).text)]]
            try await hub.client.patch(place, bad, token: sara.token).expectProblem(422, "invalid")
            let mine = try await hub.client.get("\(Self.path)?member=\(sara.user.id)", token: agent)
            #expect(try mine.list("items").isEmpty)
            #expect(try await hub.client.send(.delete, place, token: sara.token).status == 204)
            try await hub.client.get(place, token: agent).expectProblem(404, "not_found")
        }
    }
}
