import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct ProductRoutesTests {
    private static let path = "/api/v1/products"

    @Test func aProductLives() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            let made = try await hub.client.post(
                Self.path, ["name_ar": "بطاقة ٥٠", "sku": "PSN-50", "price": 5000], token: token)
            #expect(made.status == 201)
            let path = try #require(made.header("Location"))
            #expect(path == "\(Self.path)/\(try made.text("id"))")
            #expect(made.header("ETag") == #""v1""#)
            #expect(try made.text("currency") == "SAR")
            #expect(try made.text("state") == "draft")
            #expect(try made.json().object?["name_en"] == .null)

            let read = try await hub.client.get(path, token: token)
            #expect(read.status == 200 && read.header("ETag") == #""v1""#)
            #expect(try read.json() == made.json())
            let unchanged = try await hub.client.get(path, token: token, headers: ["If-None-Match": #""v1""#])
            #expect(unchanged.status == 304 && unchanged.body.isEmpty)

            let patch: [String: JSONValue] = ["name_en": "Card 50", "state": "active"]
            let changed = try await hub.client.patch(path, patch, token: token, headers: ["If-Match": #""v1""#])
            #expect(changed.status == 200 && changed.header("ETag") == #""v2""#)
            #expect(try changed.text("name_en") == "Card 50")
            let late = try await hub.client.patch(path, ["price": 1], token: token, headers: ["If-Match": #""v1""#])
            try late.expectProblem(412, "stale")
            let emptied = try await hub.client.patch(path, ["name_en": .null], token: token)
            #expect(try emptied.json().object?["name_en"] == .null)

            #expect(try await hub.client.send(.delete, path, token: token).status == 204)
            try await hub.client.get(path, token: token).expectProblem(404, "not_found")
        }
    }

    @Test func whatIsWrongIsToldMemberByMember() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            let answer = try await hub.client.post(
                Self.path,
                [
                    "id": "p_1", "created_at": "2026-01-01T00:00:00Z", "name_ar": "", "price": "5", "state": "sold",
                    "images": ["ftp://x.example", "https://ok.example"],
                ],
                token: token
            )
            try answer.expectProblem(422, "invalid")
            let errors = try answer.list("errors").map { "\($0["pointer"]?.string ?? "") \($0["code"]?.string ?? "")" }
            #expect(
                Set(errors) == [
                    "#/id unknown", "#/created_at unknown", "#/name_ar too_short", "#/price type", "#/state choice",
                    "#/sku required", "#/images/0 format",
                ])
            #expect(try await hub.client.get(Self.path, token: token).list("items").isEmpty)
        }
    }

    @Test func theSameRequestUnderOneKeyIsDoneOnce() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            let body: [String: JSONValue] = ["name_ar": "أ", "sku": "A", "price": 1]
            let key = ["Idempotency-Key": "7f0c"]
            let first = try await hub.client.post(Self.path, body, token: token, headers: key)
            let second = try await hub.client.post(Self.path, body, token: token, headers: key)
            #expect(first.status == 201 && second.status == 201 && second.body == first.body)
            #expect(second.header("Location") == first.header("Location"))
            #expect(second.header("Idempotent-Replayed") == "true" && first.header("Idempotent-Replayed") == nil)
            var other = body
            other["sku"] = "B"
            try await hub.client.post(Self.path, other, token: token, headers: key)
                .expectProblem(422, "idempotency_key_reused")
            #expect(try await hub.client.get(Self.path, token: token).list("items").count == 1)
        }
    }

    @Test func pagesFollowOneAnother() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            for number in 0..<5 {
                let body: [String: JSONValue] = ["name_ar": "أ", "sku": .string("S\(number)"), "price": 1]
                _ = try await hub.client.post(Self.path, body, token: token)
            }
            var seen: [String] = []
            var cursor = ""
            repeat {
                let page = try await hub.client.get("\(Self.path)?limit=2&sort=-sku\(cursor)", token: token)
                seen += try page.list("items").compactMap { $0["sku"]?.string }
                cursor = try page.json()["next"]?.string.map { "&cursor=\($0)" } ?? ""
            } while !cursor.isEmpty
            #expect(seen == ["S4", "S3", "S2", "S1", "S0"])
            let next = try await hub.client.get("\(Self.path)?limit=2&sort=-sku", token: token).text("next")
            for query in [
                "limit=0", "limit=x", "sort=id", "cursor=x", "cursor=\(next)", "color=red", "limit=1&limit=2",
            ] {
                try await hub.client.get("\(Self.path)?\(query)", token: token).expectProblem(422, "invalid")
            }
        }
    }

    @Test func onlyWhoHasTheRightMayWrite() async throws {
        try await RestHub.with { hub in
            let agent = try await hub.signedIn("عمر", role: .agent).token
            let body: [String: JSONValue] = ["name_ar": "أ", "sku": "A", "price": 1]
            try await hub.client.post(Self.path, body, token: agent).expectProblem(403, "forbidden")
            #expect(try await hub.client.get(Self.path, token: agent).status == 200)
            let visitor = try await hub.visitor("ليلى").token
            try await hub.client.get(Self.path, token: visitor).expectProblem(403, "forbidden")
            try await hub.client.get(Self.path).expectProblem(401, "unauthorized")
        }
    }

    @Test func whoAsksTooOftenWaits() async throws {
        var options = RestHub.Options()
        options.requestsPerMinute = 3
        try await RestHub.with(options) { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            let first = try await hub.client.get(Self.path, token: token)
            #expect(first.header("RateLimit-Remaining") == "2" && first.header("RateLimit-Limit") == "3")
            #expect(first.header("RateLimit") == #""caller";r=2;t=20"#)
            #expect(first.header("RateLimit-Policy") == #""caller";q=3;w=60"#)
            for _ in 0..<2 { #expect(try await hub.client.get(Self.path, token: token).status == 200) }
            let refused = try await hub.client.get(Self.path, token: token)
            try refused.expectProblem(429, "rate_limited")
            #expect(refused.header("Retry-After") == "20")
            #expect(refused.header("RateLimit-Remaining") == "0")
            let other = try await hub.signedIn("عمر").token
            #expect(try await hub.client.get(Self.path, token: other).status == 200)
        }
    }
}
