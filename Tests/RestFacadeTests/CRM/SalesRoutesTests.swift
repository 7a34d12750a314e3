import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct SalesRoutesTests {
    private static let leads = "/api/v1/crm/leads"
    private static let deals = "/api/v1/crm/deals"
    private static let pipelines = "/api/v1/crm/pipelines"

    @Test func aLeadBecomesADealThatIsWon() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة").token
            let lead = try await hub.client.post(
                Self.leads, ["name": "ليلى", "phone": "+966501234567", "source": "instagram", "value": 9900],
                token: token)
            #expect(lead.status == 201)
            let path = try #require(lead.header("Location"))
            try await hub.client.post("\(path)/convert", [:], token: token).expectProblem(409, "conflict")
            try await hub.client.patch(path, ["state": "qualified"], token: token).expectProblem(409, "conflict")
            for state in ["contacted", "qualified"] {
                let moved = try await hub.client.patch(path, ["state": .string(state)], token: token)
                #expect(moved.status == 200)
            }
            let deal = try await hub.client.post("\(path)/convert", ["title": "بطاقات"], token: token)
            #expect(deal.status == 201)
            let again = try await hub.client.post("\(path)/convert", [:], token: token)
            #expect(try again.json() == deal.json())
            let dealPath = try #require(deal.header("Location"))
            hub.clock.advance(.milliseconds(1))
            let won = try await hub.client.patch(dealPath, ["state": "won"], token: token)
            #expect(try won.json()["closed_at"] != nil)
            let summary = try await hub.client.get("\(Self.deals)/summary?state=won", token: token)
            let total = try #require(try summary.list("items").first)
            #expect(total["amount"] == 9900 && total["count"] == 1 && total["currency"] == "SAR")
            let moves = try await hub.client.get("\(dealPath)/moves", token: token)
            #expect(try moves.list("items").map { $0["to_state"]?.string } == ["open", "won"])
            let contact = try #require(try deal.json()["contact"]?.string)
            let timeline = try await hub.client.get("\(ContactRoutesTests.path)/\(contact)/timeline", token: token)
            #expect(try Set(timeline.list("items").compactMap { $0["kind"]?.string }) == ["lead", "deal"])
        }
    }

    @Test func losingNeedsAReasonAndReopeningForgetsIt() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة").token
            let contact = try await hub.client.post(ContactRoutesTests.path, ["name": "ل"], token: token).text("id")
            let body: [String: JSONValue] = ["title": "ص", "contact": .string(contact), "amount": 5]
            let path = try #require(try await hub.client.post(Self.deals, body, token: token).header("Location"))
            try await hub.client.patch(path, ["state": "lost"], token: token).expectProblem(422, "invalid")
            let lost = try await hub.client.patch(path, ["state": "lost", "lost_reason": "السعر"], token: token)
            #expect(try lost.text("lost_reason") == "السعر")
            try await hub.client.patch(path, ["state": "won"], token: token).expectProblem(409, "conflict")
            let reopened = try await hub.client.patch(path, ["state": "open"], token: token)
            #expect(try reopened.json().object?["lost_reason"] == .null)
        }
    }

    @Test func pipelinesAreMadeByWhoManages() async throws {
        try await RestHub.with { hub in
            let agent = try await hub.signedIn("عمر").token
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let body: [String: JSONValue] = ["name_ar": "شركات", "stages": [["name_ar": "أ"], ["name_ar": "ب"]]]
            try await hub.client.post(Self.pipelines, body, token: agent).expectProblem(403, "forbidden")
            let made = try await hub.client.post(Self.pipelines, body, token: admin)
            let path = try #require(made.header("Location"))
            let stages = try made.list("stages")
            let patch: [String: JSONValue] = ["stages": [["name_ar": "ج"], stages[0]]]
            let changed = try await hub.client.patch(path, patch, token: admin)
            #expect(try changed.list("stages").map { $0["name_ar"]?.string } == ["ج", "أ"])
            #expect(try changed.list("stages")[1]["id"] == stages[0]["id"])
            try await hub.client.patch(path, ["stages": []], token: admin).expectProblem(422, "invalid")
            #expect(try await hub.client.get(Self.pipelines, token: agent).list("items").count == 2)
        }
    }
}
