import Domain
import HTTPTypes
import Storage
import Testing

@testable import RestFacade

@Suite struct UserRoutesTests {
    private static let path = "/api/v1/users"
    private static let accept = "/api/v1/auth/invitations/accept"
    private static let reset = "/api/v1/auth/password/reset"

    private static func invite(_ hub: RestHub, _ email: String, by token: String) async throws -> HTTPAnswer {
        try await hub.client.post(path, ["email": .string(email), "name": "هند", "role": "agent"], token: token)
    }

    /// What stands behind `#…=` in a link.
    private static func secret(_ answer: HTTPAnswer) throws -> JSONValue {
        .string(String(try #require(try answer.text("link").split(separator: "=").last)))
    }

    @Test func somebodyIsInvitedAndSignsIn() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let invited = try await Self.invite(hub, "Hind@Shop.example", by: admin)
            #expect(invited.status == 201)
            #expect(try invited.text("link").hasPrefix("https://chat.example/password#invitation="))
            let user = try #require(try invited.json()["user"])
            #expect(user["invited"]?.bool == true && user["email"]?.string == "hind@shop.example")
            try await Self.invite(hub, "hind@shop.example", by: admin).expectProblem(409, "conflict")
            try await hub.signIn("hind@shop.example", password: "").expectProblem(401, "unauthorized")

            let token = try Self.secret(invited)
            for body in [["token": token, "password": "short"], ["token": token, "password": "\u{1}23456789"]] {
                #expect([400, 422].contains(try await hub.client.post(Self.accept, body).status))
            }
            let good: [String: JSONValue] = ["token": token, "password": "كلمة سر هند"]
            try await hub.client.post(Self.reset, good).expectProblem(401, "unauthorized")
            #expect(try await hub.client.post(Self.accept, good).status == 204)
            try await hub.client.post(Self.accept, good).expectProblem(401, "unauthorized")
            #expect(try await hub.signIn("hind@shop.example", password: "كلمة سر هند").status == 200)
            let place = try #require(invited.header("Location"))
            let read = try await hub.client.get(place, token: admin)
            #expect(try read.json()["invited"]?.bool == false)
            try await hub.client.send(.post, "\(place)/invitation", token: admin).expectProblem(409, "conflict")
            let found = try await hub.client.get("\(Self.path)?q=hind&role=agent&disabled=false", token: admin)
            #expect(try found.list("items") == [read.json()])
        }
    }

    @Test func aNewLinkEndsTheOldOneAndAllLinksEnd() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let first = try await Self.invite(hub, "a@shop.example", by: admin)
            let place = try #require(first.header("Location"))
            let second = try await hub.client.send(.post, "\(place)/invitation", token: admin)
            let old = ["token": try Self.secret(first), "password": JSONValue.string("a good password")]
            try await hub.client.post(Self.accept, old).expectProblem(401, "unauthorized")
            hub.clock.advance(AccountLinkLimits().invitationLifetime)
            let late = ["token": try Self.secret(second), "password": JSONValue.string("a good password")]
            try await hub.client.post(Self.accept, late).expectProblem(401, "unauthorized")
        }
    }

    @Test func aResetGivesANewPasswordAndEndsEverySignIn() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let omar = try await hub.signedIn("عمر")
            let link = try await hub.client.send(.post, "\(Self.path)/\(omar.user.id)/password-reset", token: admin)
            #expect(link.status == 201)
            let body = ["token": try Self.secret(link), "password": JSONValue.string("another password")]
            #expect(try await hub.client.post(Self.reset, body).status == 204)
            try await hub.client.get("/api/v1/auth/me", token: omar.token).expectProblem(401, "unauthorized")
            try await hub.signIn(omar.user.email).expectProblem(401, "unauthorized")
            #expect(try await hub.signIn(omar.user.email, password: "another password").status == 200)
        }
    }

    @Test func onesOwnPasswordNeedsTheOldOneAndEndsOnesOtherSignIns() async throws {
        try await RestHub.with { hub in
            let omar = try await hub.signedIn("عمر")
            let other = try await hub.signIn(omar.user.email).text("access_token")
            let wrong: [String: JSONValue] = ["old_password": "guess", "new_password": "a new password"]
            try await hub.client.post("/api/v1/auth/password", wrong, token: omar.token).expectProblem(422, "invalid")
            let right: [String: JSONValue] = [
                "old_password": .string(RestHub.password), "new_password": "a new password",
            ]
            try await hub.client.post("/api/v1/auth/password", right).expectProblem(401, "unauthorized")
            #expect(try await hub.client.post("/api/v1/auth/password", right, token: omar.token).status == 204)
            #expect(try await hub.client.get("/api/v1/auth/me", token: omar.token).status == 200)
            try await hub.client.get("/api/v1/auth/me", token: other).expectProblem(401, "unauthorized")
        }
    }

    @Test func nobodyRaisesThemselvesAndOneAdministratorStays() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("سارة", role: .admin)
            let omar = try await hub.signedIn("عمر", role: .admin)
            let own = "\(Self.path)/\(sara.user.id)"
            for body in [["role": JSONValue.string("agent")], ["disabled": .bool(true)]] {
                try await hub.client.patch(own, body, token: sara.token).expectProblem(409, "conflict")
            }
            #expect(try await hub.client.patch(own, ["name": "سارة م"], token: sara.token).status == 200)
            let changed = try await hub.client.patch(
                "\(Self.path)/\(omar.user.id)", ["role": "supervisor", "capacity": 9], token: sara.token)
            #expect(try changed.number("capacity") == 9 && changed.header("ETag") == #""v2""#)
            // Another role is another sign-in.
            try await hub.client.get("/api/v1/auth/me", token: omar.token).expectProblem(401, "unauthorized")
            let supervisor = try await hub.signIn(omar.user.email).text("access_token")
            try await hub.client.patch(own, ["role": "agent"], token: supervisor).expectProblem(403, "forbidden")
            #expect(try await hub.client.get(Self.path, token: supervisor).status == 200)
            for (name, value) in [("email", "x@y.example"), ("id", "u_1"), ("password", "x"), ("invited", "x")] {
                try await hub.client.patch(own, [name: .string(value)], token: sara.token)
                    .expectProblem(422, "invalid")
            }
        }
    }

    @Test func guessingLinksIsBounded() async throws {
        var options = RestHub.Options()
        options.login.addressBurst = 3
        try await RestHub.with(options) { hub in
            for number in 0..<3 {
                let body: [String: JSONValue] = ["token": .string("guess \(number)"), "password": "long enough"]
                try await hub.client.post(Self.accept, body).expectProblem(401, "unauthorized")
            }
            let body: [String: JSONValue] = ["token": "guess 4", "password": "long enough"]
            try await hub.client.post(Self.accept, body).expectProblem(429, "rate_limited")
            #expect(await hub.hasher.verifications == 0)
        }
    }
}
