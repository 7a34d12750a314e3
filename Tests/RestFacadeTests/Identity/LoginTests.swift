import Domain
import HTTPTypes
import Storage
import Testing

@Suite struct LoginTests {
    @Test func rightPasswordGivesTokens() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.addStaff("سارة", role: .supervisor)
            let answer = try await hub.signIn(sara.email)
            #expect(answer.status == 200)
            #expect(answer.header("Cache-Control") == "no-store")
            #expect(try answer.text("token_type") == "Bearer")
            #expect(try answer.number("expires_in") == 900)
            #expect(try answer.text("refresh_token").utf8.count == 43)
            let user = try #require(try answer.json()["user"])
            var expected: [String: JSONValue] = [
                "id": .string(sara.id.text), "name": .string("سارة"), "email": .string(sara.email),
                "role": .string("supervisor"),
            ]
            #expect(user == .object(expected))
            let me = try await hub.client.get("/api/v1/auth/me", token: try answer.text("access_token"))
            expected["rights"] = .array(User.Role.supervisor.rights.map(\.rawValue).sorted().map(JSONValue.string))
            #expect(try me.json() == .object(expected))
        }
    }

    @Test func emailIsFoundInAnyCase() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.addStaff("Sara")
            #expect(try await hub.signIn(sara.email.uppercased()).status == 200)
        }
    }

    /// Whoever guesses learns nothing: the document is the same, and one password was hashed each time.
    @Test func unknownWrongAndDisabledLookTheSame() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.addStaff("Sara")
            let omar = try await hub.addStaff("Omar")
            try await hub.stores.users.setDisabled(true, of: omar.id, at: hub.clock.now)
            let answers = [
                try await hub.signIn("nobody@shop.example"),
                try await hub.signIn(sara.email, password: "wrong"),
                try await hub.signIn(omar.email),
                try await hub.signIn("no e-mail at all"),
            ]
            for answer in answers {
                try answer.expectProblem(401, "unauthorized")
                #expect(answer.body == answers[0].body)
                #expect(answer.header("WWW-Authenticate") == "Bearer")
            }
            #expect(await hub.hasher.verifications == answers.count)
        }
    }

    @Test(arguments: [
        (#"{"email":"a@b"}"#, "application/json", 400), (#"{"email":1,"password":"x"}"#, "application/json", 400),
        ("{}", "application/json", 400), ("[]", "application/json", 400), ("", "application/json", 400),
        (#"{"email":"a","email":"b","password":"x"}"#, "application/json", 400), ("not json", "application/json", 400),
        (#"{"email":"a","password":"b"}"#, "text/plain", 415), (#"{"email":"a","password":"b"}"#, "", 415),
    ])
    func bodyThatCannotBeReadIsNamed(body: String, type: String, status: Int) async throws {
        try await RestHub.with { hub in
            let headers = type.isEmpty ? [:] : ["Content-Type": type]
            let answer = try await hub.client.send(
                .post, "/api/v1/auth/login", headers: headers, body: Array(body.utf8))
            try answer.expectProblem(status, "bad_request")
            #expect(await hub.hasher.verifications == 0)
        }
    }

    @Test func bodyIsLimited() async throws {
        try await RestHub.with { hub in
            try await hub.signIn(String(repeating: "x", count: 20_000)).expectProblem(413, "too_large")
            #expect(await hub.hasher.verifications == 0)
        }
    }

    @Test func bodyMustBeUTF8() async throws {
        try await RestHub.with { hub in
            let body = Array(#"{"email":"a","password":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
            let answer = try await hub.client.send(
                .post, "/api/v1/auth/login", headers: ["Content-Type": "application/json; charset=utf-8"], body: body)
            try answer.expectProblem(400, "bad_request")
        }
    }
}
