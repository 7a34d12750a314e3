import Domain
import HTTPTypes
import Storage
import Testing

@testable import RestFacade

@Suite struct TokenRoutesTests {
    private static let path = "/api/v1/tokens"

    private static func make(
        _ hub: RestHub,
        _ scopes: [Right],
        by bearer: String,
        _ more: [String: JSONValue] = [:]
    ) async throws -> HTTPAnswer {
        var body = more
        body["name"] = "النسخ الاحتياطي"
        body["scopes"] = .array(scopes.map { .string($0.rawValue) })
        return try await hub.client.post(path, body, token: bearer)
    }

    @Test func aTokenIsShownOnceAndDoesWhatItMay() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("سارة", role: .admin)
            let made = try await Self.make(hub, [.productsRead], by: sara.token)
            #expect(made.status == 201)
            let token = try made.text("token")
            #expect(token.hasPrefix("tch_") && token.utf8.count == 47)
            let listed = try #require(try await hub.client.get(Self.path, token: sara.token).list("items").first)
            #expect(listed["token"] == nil && listed["last_used_at"] == nil)
            #expect(listed["expires_at"]?.string == (hub.clock.now + APITokenLimits().maxLifetime).rfc3339)

            #expect(try await hub.client.get("/api/v1/products", token: token).status == 200)
            try await hub.client.post("/api/v1/products", [:], token: token).expectProblem(403, "forbidden")
            let me = try await hub.client.get("/api/v1/auth/me", token: token)
            #expect(try me.text("name") == "سارة")
            #expect(try me.list("rights") == [.string(Right.productsRead.rawValue)], "the scopes, not the role")
            // Without the scope `chat` it opens nothing of the chat, and it never makes another.
            for path in ["/api/v1/rooms", "/api/v1/staff"] {
                try await hub.client.get(path, token: token).expectProblem(403, "forbidden")
            }
            let used = try await hub.client.get(try #require(made.header("Location")), token: sara.token)
            #expect(try used.text("last_used_at") == hub.clock.now.rfc3339)
        }
    }

    @Test func theScopeChatOpensTheChatByREST() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("سارة")
            let token = try await Self.make(hub, [.chat, .tokensManage], by: sara.token).text("token")
            #expect(try await hub.client.get("/api/v1/rooms", token: token).status == 200)
            try await Self.make(hub, [.chat], by: token).expectProblem(403, "forbidden")
        }
    }

    @Test func nobodyGivesWhatTheyDoNotHave() async throws {
        try await RestHub.with { hub in
            let omar = try await hub.signedIn("عمر", role: .agent)
            try await Self.make(hub, [.productsRead, .usersManage], by: omar.token).expectProblem(403, "forbidden")
            try await Self.make(hub, [], by: omar.token).expectProblem(422, "invalid")
            let latest = hub.clock.now + APITokenLimits().maxLifetime
            for moment in [hub.clock.now, latest + .seconds(1)] {
                try await Self.make(hub, [.productsRead], by: omar.token, ["expires_at": .string(moment.rfc3339)])
                    .expectProblem(422, "invalid")
            }
            let key = ["Idempotency-Key": "k"]
            let body: [String: JSONValue] = ["name": "x", "scopes": ["products:read"]]
            try await hub.client.post(Self.path, body, token: omar.token, headers: key)
                .expectProblem(400, "bad_request")
        }
    }

    @Test func aTokenEndsByTimeByRevocationAndWithItsUser() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("سارة", role: .admin)
            let omar = try await hub.signedIn("عمر", role: .agent)
            let end = hub.clock.now + .seconds(600)
            let short = try await Self.make(
                hub, [.productsRead], by: sara.token, ["expires_at": .string(end.rfc3339)])
            let lasting = try await Self.make(hub, [.productsRead], by: omar.token)
            let third = try await Self.make(hub, [.productsRead], by: omar.token)
            let place = try #require(lasting.header("Location"))

            // Others' tokens are there for administrators only.
            let foreign = try #require(short.header("Location"))
            try await hub.client.get(foreign, token: omar.token).expectProblem(404, "not_found")
            try await hub.client.send(.delete, foreign, token: omar.token).expectProblem(404, "not_found")
            try await hub.client.get("\(Self.path)?user=\(sara.user.id)", token: omar.token)
                .expectProblem(403, "forbidden")
            #expect(try await hub.client.get(Self.path, token: omar.token).list("items").count == 2)
            #expect(try await hub.client.get(Self.path, token: sara.token).list("items").count == 3)

            #expect(try await hub.client.send(.delete, place, token: sara.token).status == 204)
            #expect(try await hub.client.send(.delete, place, token: sara.token).status == 204)
            try await hub.client.get("/api/v1/products", token: lasting.text("token"))
                .expectProblem(401, "unauthorized")
            let live = try await hub.client.get("\(Self.path)?live=true", token: sara.token).list("items")
            #expect(live.count == 2)

            hub.clock.advance(.seconds(600))
            try await hub.client.get("/api/v1/products", token: short.text("token"))
                .expectProblem(401, "unauthorized")
            #expect(try await hub.client.get("/api/v1/products", token: third.text("token")).status == 200)
            try await hub.stores.users.setDisabled(true, of: omar.user.id, at: hub.clock.now)
            try await hub.client.get("/api/v1/products", token: third.text("token"))
                .expectProblem(401, "unauthorized")
        }
    }
}
