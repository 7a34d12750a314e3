import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct OrderRoutesTests {
    private static let orders = "/api/v1/orders"
    private static let callbacks = "/api/v1/callbacks"

    private static func body(_ number: String, _ more: [String: JSONValue] = [:]) -> [String: JSONValue] {
        let item: JSONValue = ["name": "بطاقة", "quantity": 2, "unit_price": 4950]
        return ["number": .string(number), "items": [item]].merging(more) { $1 }
    }

    @Test func anOrderIsEnteredPaidAndDelivered() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("عمر", role: .agent).token
            let key = ["Idempotency-Key": "k"]
            let made = try await hub.client.post(Self.orders, Self.body("A-1"), token: token, headers: key)
            #expect(made.status == 201)
            let order = try made.json()
            #expect(order["total"] == 9900 && order["state"] == "new" && order["source"] == "manual")
            #expect(order["codes"] == ["wanted": 0, "reserved": 0, "delivered": 0, "waits_for": .null])
            let again = try await hub.client.post(Self.orders, Self.body("A-1"), token: token, headers: key)
            #expect(again.body == made.body && again.header("Idempotent-Replayed") == "true")
            try await hub.client.post(Self.orders, Self.body("#a ١"), token: token).expectProblem(409, "conflict")
            try await hub.client.post(Self.orders, Self.body("A-2", ["items": []]), token: token)
                .expectProblem(422, "invalid")
            let path = try #require(made.header("Location"))
            try await hub.client.patch(path, ["state": "refunded"], token: token).expectProblem(409, "conflict")
            try await hub.client.patch(path, ["total": 1], token: token).expectProblem(422, "invalid")
            hub.clock.advance(.milliseconds(1))
            let paid = try await hub.client.patch(path, ["payment": "paid", "state": "delivered"], token: token)
            #expect(try paid.json()["paid_at"] != nil && paid.json()["delivered_at"] != nil)
            #expect(paid.header("ETag") == "\"v2\"")
            let read = try await hub.client.get(path, token: token)
            #expect(try read.json() == paid.json())
            let list = try await hub.client.get("\(Self.orders)?payment=paid&q=A&sort=-total", token: token)
            #expect(try list.list("items").count == 1)
            try await hub.client.get("\(Self.orders)?status=paid", token: token).expectProblem(422, "invalid")
        }
    }

    @Test func aCallBackIsPlannedAndDone() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("عمر", role: .agent).token
            let body: [String: JSONValue] = ["phone": "00966 50 123 4567", "due_at": "2026-11-22T14:00:00Z"]
            let made = try await hub.client.post(Self.callbacks, body, token: token)
            #expect(try made.status == 201 && made.text("phone") == "+966501234567" && made.text("origin") == "staff")
            let path = try #require(made.header("Location"))
            try await hub.client.post(Self.callbacks, body.merging(["phone": "12"]) { $1 }, token: token)
                .expectProblem(422, "invalid")
            let due = try await hub.client.get(
                "\(Self.callbacks)?state=planned&due_before=2026-11-23T00:00:00Z", token: token)
            #expect(try due.list("items").count == 1)
            let done = try await hub.client.patch(path, ["state": "done", "outcome": "اشترى"], token: token)
            #expect(try done.text("state") == "done")
            try await hub.client.patch(path, ["state": "planned"], token: token).expectProblem(409, "conflict")
        }
    }
}
