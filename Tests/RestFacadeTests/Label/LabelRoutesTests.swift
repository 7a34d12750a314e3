import Domain
import HTTPTypes
import Storage
import Testing

@testable import RestFacade

@Suite struct LabelRoutesTests {
    private static let path = "/api/v1/labels"

    @Test func aLabelLivesAndSticks() async throws {
        try await RestHub.with { hub in
            let boss = try await hub.signedIn("سارة", role: .supervisor).token
            let agent = try await hub.signedIn("عمر").token
            let visitor = try await hub.visitor("نورة")
            let body: [String: JSONValue] = ["name_ar": "شحن", "name_en": "Shipping", "color": "#0B6E5F"]
            try await hub.client.post(Self.path, body, token: agent).expectProblem(403, "forbidden")
            let made = try await hub.client.post(Self.path, body, token: boss)
            #expect(made.status == 201)
            try await hub.client.post(Self.path, body, token: boss).expectProblem(409, "conflict")
            let bad: [String: JSONValue] = ["name_ar": "لون", "color": "red"]
            try await hub.client.post(Self.path, bad, token: boss).expectProblem(422, "invalid")
            let place = try #require(made.header("Location"))
            #expect(try await hub.client.get(place, token: agent).json() == made.json())

            let id = try made.text("id")
            let sticking = "/api/v1/conversations/\(visitor.visitor.room)/labels"
            func put(_ labels: [String], _ token: String) async throws -> HTTPAnswer {
                let body = JSONValue.object(["labels": .array(labels.map(JSONValue.string))]).text
                return try await hub.client.send(
                    .put, sticking, token: token, headers: ["Content-Type": "application/json"],
                    body: Array(body.utf8))
            }
            let put1 = try await put([id], agent)
            #expect(try put1.list("labels").first?["name_ar"]?.string == "شحن")
            try await put([LabelID.make(at: hub.clock.now).text], agent).expectProblem(422, "invalid")
            try await put([id], visitor.token).expectProblem(403, "forbidden")
            let summary = try #require(try await hub.stores.conversations.summaries(of: [visitor.visitor.room]).first)
            #expect(summary.labels.map(\.id.text) == [id])
            let events = try await hub.client.get("/api/v1/rooms/\(summary.conversation.side)/events", token: agent)
            let event = try #require(try events.list("events").first)
            #expect(event["ev"]?.string == "label" && event["added"]?.array?.first?["id"]?.string == id)
            let trail = try await hub.client.get("/api/v1/logs?action=conversation.labelled", token: boss)
            #expect(try trail.list("items").count == 1)
            #expect(try await put([], agent).list("labels").isEmpty)
            #expect(try await hub.client.send(.delete, place, token: boss).status == 204)
        }
    }
}
