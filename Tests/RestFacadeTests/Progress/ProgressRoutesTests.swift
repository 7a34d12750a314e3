import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct ProgressRoutesTests {
    private static let path = "/api/v1/progress-goals"

    @Test func aGoalIsSetAndReached() async throws {
        try await RestHub.with { hub in
            let (user, token) = try await hub.signedIn("سارة")
            let contact = try await Self.contact(hub, token)
            let made = try await hub.client.post(
                Self.path,
                [
                    "contact": .string(contact), "title": "قراءة", "unit": "صفحة", "target": 100,
                    "owner": .string(user.id.text),
                ],
                token: token
            )
            #expect(made.status == 201)
            #expect(try made.text("state") == "active" && made.number("percent") == 0)
            let path = try #require(made.header("Location"))
            let key = ["Idempotency-Key": "1"]
            let first = try await hub.client.post("\(path)/check-ins", ["delta": 40], token: token, headers: key)
            #expect(first.status == 201)
            #expect(try first.number("value") == 40 && first.text("author") == "سارة")
            let again = try await hub.client.post("\(path)/check-ins", ["delta": 40], token: token, headers: key)
            #expect(again.body == first.body && again.header("Idempotent-Replayed") == "true")
            let last = try await hub.client.post("\(path)/check-ins", ["value": 100, "note": "تم"], token: token)
            #expect(try last.json()["reached"]?.bool == true)

            let read = try await hub.client.get(path, token: token)
            #expect(try read.text("state") == "reached" && read.number("current_value") == 100)
            #expect(read.header("ETag") == #""v3""#)
            let steps = try await hub.client.get("\(path)/check-ins", token: token).list("items")
            #expect(steps.map { $0["delta"]?.integer } == [60, 40])
            try await hub.client.patch(path, ["state": "cancelled"], token: token).expectProblem(409, "conflict")
            let found = try await hub.client.get(
                "\(Self.path)?contact=\(contact)&state=reached&q=قراءه"
                    .addingPercentEncoding, token: token)
            #expect(try found.list("items").count == 1)
            #expect(try await hub.client.send(.delete, path, token: token).status == 204)
        }
    }

    @Test func whatContradictsItselfIsRefused() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة").token
            let contact = JSONValue.string(try await Self.contact(hub, token))
            let body: [String: JSONValue] = ["contact": contact, "title": "أ", "unit": "كم", "target": 5]
            var flat = body
            flat["start_value"] = 5
            try await hub.client.post(Self.path, flat, token: token).expectProblem(422, "invalid")
            var reached = body
            reached["state"] = "reached"
            try await hub.client.post(Self.path, reached, token: token).expectProblem(409, "conflict")
            let path = try #require(try await hub.client.post(Self.path, body, token: token).header("Location"))
            let steps: [[String: JSONValue]] = [
                [:], ["value": 1, "delta": 1], ["value": "1"], ["reached": .bool(true)],
            ]
            for step in steps {
                try await hub.client.post("\(path)/check-ins", step, token: token).expectProblem(422, "invalid")
            }
            try await hub.client.get("\(Self.path)/j_00000000000000000000000000/check-ins", token: token)
                .expectProblem(404, "not_found")
        }
    }

    private static func contact(_ hub: RestHub, _ token: String) async throws -> String {
        try await hub.client.post("/api/v1/crm/contacts", ["name": "ليلى"], token: token).text("id")
    }
}

extension String {
    fileprivate var addingPercentEncoding: String {
        utf8.map { byte in
            byte < 0x80 ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
