import Actors
import Domain
import HTTPTypes
import Storage
import Testing

@testable import RestFacade

@Suite struct CodeRoutesTests {
    private static let path = "/api/v1/codes"

    @Test func codesComeInAndGoOut() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            let product = try await hub.makeCodeProduct(token)
            let text = "\u{FEFF}code,expires_at\r\nPLANTED-0001,2099-01-31\r\n\"PLANTED,0002\",\r\n"
            let made = try await hub.importCodes(text, product, token)
            #expect(made.status == 201)
            #expect(try made.text("state") == "finished" && made.number("accepted") == 2)
            let report = try await hub.client.get(try #require(made.header("Location")), token: token)
            #expect(try report.list("problems").isEmpty && report.text("id") == made.text("id"))
            #expect(try await hub.client.get("/api/v1/products/\(product)", token: token).number("stock") == 2)

            let list = try await hub.client.get("\(Self.path)?product=\(product)&sort=expires_at", token: token)
            let items = try list.list("items")
            #expect(items.map { $0["masked"]?.string } == ["••••001", "••••002"])
            #expect(items[0]["expires_at"]?.string == "2099-02-01T00:00:00.000Z" && items[1]["expires_at"] == nil)
            #expect(!String(decoding: list.body, as: UTF8.self).contains("PLANTED"))

            let body: [String: JSONValue] = ["product": .string(product), "count": 2, "order": "o-1"]
            let held = try await hub.client.post("\(Self.path)/allocate", body, token: token)
            #expect(held.status == 200)
            let usual = (hub.clock.now + CodeLimits().hold).rfc3339
            #expect(try held.list("items").map { $0["reserved_until"]?.string } == [usual, usual])
            let first = try #require(try held.list("items").first?["id"]?.string)
            let few = try await hub.client.post("\(Self.path)/allocate", body, token: token)
            try few.expectProblem(409, "not_enough")
            #expect(try few.text("detail").contains("0 are available"))

            let released = try await hub.client.post("\(Self.path)/\(first)/release", [:], token: token)
            #expect(try released.text("state") == "available")
            try await hub.client.post("\(Self.path)/\(first)/release", [:], token: token).expectProblem(409, "conflict")
            let sold = try await hub.client.post("\(Self.path)/sell", ["order": "o-1"], token: token)
            #expect(try sold.list("items").count == 1)
            let reason: [String: JSONValue] = ["reason": "خطأ"]
            let revoked = try await hub.client.post("\(Self.path)/\(first)/revoke", reason, token: token)
            #expect(try revoked.text("state") == "revoked" && revoked.text("revoked_because") == "خطأ")
            let read = try await hub.client.get("\(Self.path)/\(first)", token: token)
            #expect(try read.json() == revoked.json() && read.header("ETag") == #""v4""#)
            try await hub.client.send(.delete, "/api/v1/products/\(product)", token: token)
                .expectProblem(409, "conflict")
        }
    }

    @Test func onlyWhoMaySeesTheText() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let agent = try await hub.signedIn("عمر", role: .agent).token
            let product = try await hub.makeCodeProduct(admin)
            _ = try await hub.importCodes("PLANTED-0001", product, admin)
            let id = try #require(try await hub.client.get(Self.path, token: agent).list("items").first?["id"]?.string)
            let path = "\(Self.path)/\(id)/reveal"
            try await hub.client.send(.post, path, token: agent).expectProblem(403, "forbidden")
            let shown = try await hub.client.send(.post, path, token: admin)
            #expect(try shown.text("code") == "PLANTED-0001" && shown.header("Cache-Control") == "no-store")
            try await hub.client.send(.post, path, token: admin, headers: ["Idempotency-Key": "k"])
                .expectProblem(400, "bad_request")
            try await hub.importCodes("X-000000", product, agent).expectProblem(403, "forbidden")
            try await hub.client.post("\(Self.path)/\(id)/revoke", [:], token: agent).expectProblem(403, "forbidden")
            let none = try await hub.client.send(
                .post, "\(Self.path)/\(CodeID.make(at: hub.clock.now))/reveal", token: admin)
            try none.expectProblem(404, "not_found")
        }
    }

    @Test(
        arguments: [
            ["count": 1, "sell": .bool(true)],
            ["count": 0, "order": "o", "sell": .bool(true)],
            ["count": 101, "order": "o", "sell": .bool(true)],
            ["count": 1, "order": "o", "sell": .bool(true), "hold_s": 5],
            ["count": 1, "order": "o", "hold_s": 604_801],
            ["count": 1, "order": "o", "conversation": "r_00000000000000000000000001", "hold_s": 5],
            ["count": 1, "conversation": "r_00000000000000000000000001", "hold_s": 5],
            ["count": 1, "order": "o", "sell": .bool(true), "state": "sold"],
        ] as [[String: JSONValue]])
    func whatAnAllocationMustSay(body: [String: JSONValue]) async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            let product = try await hub.makeCodeProduct(token)
            _ = try await hub.importCodes("CODE-0001", product, token)
            let body = body.merging(["product": .string(product)]) { $1 }
            try await hub.client.post("\(Self.path)/allocate", body, token: token).expectProblem(422, "invalid")
            #expect(try await hub.client.get("/api/v1/products/\(product)", token: token).number("stock") == 1)
        }
    }

    @Test func theStockOfAProductWithCodesIsCounted() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            let product = try await hub.makeCodeProduct(token)
            let path = "/api/v1/products/\(product)"
            try await hub.client.patch(path, ["stock": 5], token: token).expectProblem(422, "invalid")
            let named = try await hub.client.patch(path, ["name_en": "Card"], token: token)
            #expect(try named.number("stock") == 0)
            let unlimited = try await hub.client.patch(path, ["stock_policy": "unlimited"], token: token)
            #expect(try unlimited.json()["stock"] == nil && unlimited.status == 200)
            try await hub.importCodes("CODE-0001", product, token).expectProblem(409, "conflict")
        }
    }

    @Test func aHandOverIsSaidOnce() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let (agent, token) = try await hub.signedIn("عمر", role: .agent)
            let room = try await hub.visitor("ليلى").visitor.room
            let product = try await hub.makeCodeProduct(admin)
            _ = try await hub.importCodes("PLANTED-0001\nPLANTED-0002", product, admin)
            // The room is loaded, and its actor learns of what it did not append itself.
            try await hub.say("مرحبا", agent.participant, in: room)
            let path = "/api/v1/conversations/\(room)/codes"
            let body: [String: JSONValue] = ["product": .string(product), "count": 1]
            let key = ["Idempotency-Key": "k"]
            let done = try await hub.client.post(path, body, token: token, headers: key)
            #expect(try done.status == 201 && done.number("seq") == 2)
            let again = try await hub.client.post(path, body, token: token, headers: key)
            #expect(again.body == done.body && again.header("Idempotent-Replayed") == "true")
            #expect(!String(decoding: done.body, as: UTF8.self).contains("PLANTED"))
            let head = try await hub.rooms.head(of: room, beyond: SequenceNumber(1), within: .seconds(10))
            #expect(head == SequenceNumber(2))
            let events = try await hub.stores.rooms.events(of: room, after: SequenceNumber(1), limit: 10)
            guard case .message(.codes(let codes), _)? = events.first?.content else {
                Issue.record("no message")
                return
            }
            #expect(events.count == 1 && events[0].author == agent.participant)
            #expect(codes.text.hasPrefix("بطاقة\nPLANTED-000") && codes.summary == "1 × بطاقة")
            #expect(try await hub.say("شكرا", agent.participant, in: room) == SequenceNumber(3))
            #expect(try await hub.client.get("/api/v1/products/\(product)", token: admin).number("stock") == 1)
            // A message that is too long gives its codes back.
            let long: [String: JSONValue] = body.merging(["text": .string(String(repeating: "x", count: 2001))]) { $1 }
            try await hub.client.post(path, long, token: token).expectProblem(422, "invalid")
            let group = try await hub.makeGroup(token)
            try await hub.client.post("/api/v1/conversations/\(group)/codes", body, token: token)
                .expectProblem(404, "not_found")
            #expect(try await hub.client.get("/api/v1/products/\(product)", token: admin).number("stock") == 1)
        }
    }
}
