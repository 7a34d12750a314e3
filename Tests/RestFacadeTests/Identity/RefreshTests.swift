import Domain
import Storage
import Testing

@Suite struct RefreshTests {
    private func refresh(_ hub: RestHub, _ token: String) async throws -> HTTPAnswer {
        try await hub.client.post("/api/v1/auth/refresh", ["refresh_token": .string(token)])
    }

    private func logout(_ hub: RestHub, _ token: String) async throws -> HTTPAnswer {
        try await hub.client.post("/api/v1/auth/logout", ["refresh_token": .string(token)])
    }

    private func statusOfMe(_ hub: RestHub, _ token: String) async throws -> Int {
        try await hub.client.get("/api/v1/auth/me", token: token).status
    }

    @Test func refreshGivesNewTokens() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.addStaff("Sara")
            let first = try await hub.signIn(sara.email)
            let second = try await refresh(hub, first.text("refresh_token"))
            #expect(second.status == 200)
            #expect(try second.text("refresh_token") != first.text("refresh_token"))
            #expect(try second.json()["user"] == first.json()["user"])
            #expect(try await statusOfMe(hub, second.text("access_token")) == 200)
            #expect(try await refresh(hub, second.text("refresh_token")).status == 200)
        }
    }

    /// Two people have the token, and nobody knows which is the thief: both must sign in again.
    @Test func usingATokenTwiceEndsTheWholeLogin() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.addStaff("Sara")
            let first = try await hub.signIn(sara.email)
            let other = try await hub.signIn(sara.email)
            let second = try await refresh(hub, first.text("refresh_token"))
            try await refresh(hub, first.text("refresh_token")).expectProblem(401, "unauthorized")
            try await refresh(hub, second.text("refresh_token")).expectProblem(401, "unauthorized")
            #expect(try await statusOfMe(hub, first.text("access_token")) == 401)
            #expect(try await statusOfMe(hub, second.text("access_token")) == 401)
            // Another sign-in of the same person is another family.
            #expect(try await statusOfMe(hub, other.text("access_token")) == 200)
            #expect(try await refresh(hub, other.text("refresh_token")).status == 200)
        }
    }

    @Test func racingRefreshesGiveOneSuccessor() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.addStaff("Sara")
            let token = try await hub.signIn(sara.email).text("refresh_token")
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await refresh(hub, token).status } }
                return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(statuses == [200: 1, 401: 7])
        }
    }

    @Test func logoutEndsTheLogin() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.addStaff("Sara")
            let first = try await hub.signIn(sara.email)
            let gone = try await logout(hub, first.text("refresh_token"))
            #expect(gone.status == 204)
            #expect(gone.body.isEmpty)
            try await refresh(hub, first.text("refresh_token")).expectProblem(401, "unauthorized")
            #expect(try await statusOfMe(hub, first.text("access_token")) == 401)
            #expect(try await logout(hub, first.text("refresh_token")).status == 204)
            #expect(try await logout(hub, "never-seen").status == 204)
        }
    }

    @Test func refreshTokenEnds() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.addStaff("Sara")
            let token = try await hub.signIn(sara.email).text("refresh_token")
            hub.clock.advance(LoginLimits.usualRefreshLifetime)
            try await refresh(hub, token).expectProblem(401, "unauthorized")
        }
    }

    @Test func accessTokenEndsBeforeTheLogin() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.addStaff("Sara")
            let tokens = try await hub.signIn(sara.email)
            hub.clock.advance(.seconds(901))
            #expect(try await statusOfMe(hub, tokens.text("access_token")) == 401)
            let next = try await refresh(hub, tokens.text("refresh_token"))
            #expect(try await statusOfMe(hub, next.text("access_token")) == 200)
        }
    }

    @Test func disablingAnAccountEndsItsTokens() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.addStaff("Sara")
            let tokens = try await hub.signIn(sara.email)
            try await hub.stores.users.setDisabled(true, of: sara.id, at: hub.clock.now)
            #expect(try await statusOfMe(hub, tokens.text("access_token")) == 401)
            try await refresh(hub, tokens.text("refresh_token")).expectProblem(401, "unauthorized")
        }
    }
}
