import Domain
import Testing

@Suite struct LoginLimitTests {
    private func options(proxies: [String] = []) -> RestHub.Options {
        var options = RestHub.Options()
        options.login.accountBurst = 3
        options.login.accountPerMinute = 6
        options.login.addressBurst = 5
        options.login.addressPerMinute = 60
        options.trustedProxies = proxies
        return options
    }

    @Test func accountIsGuessedSlowly() async throws {
        try await RestHub.with(options()) { hub in
            let sara = try await hub.addStaff("Sara")
            for _ in 0..<3 { #expect(try await hub.signIn(sara.email, password: "guess").status == 401) }
            let refused = try await hub.signIn(sara.email)
            try refused.expectProblem(429, "rate_limited")
            #expect(refused.header("Retry-After") == "10")
            #expect(await hub.hasher.verifications == 3)
            hub.clock.advance(.seconds(10))
            #expect(try await hub.signIn(sara.email).status == 200)
        }
    }

    @Test func unknownAccountsAreLimitedAlike() async throws {
        try await RestHub.with(options()) { hub in
            for _ in 0..<3 { #expect(try await hub.signIn("nobody@x").status == 401) }
            let refused = try await hub.signIn("nobody@x")
            try refused.expectProblem(429, "rate_limited")
            #expect(refused.header("Retry-After") == "10")
        }
    }

    @Test func successesAreNotCounted() async throws {
        try await RestHub.with(options()) { hub in
            let sara = try await hub.addStaff("Sara")
            for _ in 0..<8 { #expect(try await hub.signIn(sara.email).status == 200) }
        }
    }

    @Test func addressIsSlowOverManyAccounts() async throws {
        try await RestHub.with(options()) { hub in
            let sara = try await hub.addStaff("Sara")
            for index in 0..<5 { #expect(try await hub.signIn("user\(index)@x").status == 401) }
            let refused = try await hub.signIn(sara.email)
            try refused.expectProblem(429, "rate_limited")
            #expect(refused.header("Retry-After") == "1")
        }
    }

    @Test func clientsBehindATrustedProxyAreToldApart() async throws {
        try await RestHub.with(options(proxies: ["127.0.0.0/8"])) { hub in
            for index in 0..<5 {
                let answer = try await hub.signIn("u\(index)@x", headers: ["X-Forwarded-For": "198.51.100.1"])
                #expect(answer.status == 401)
            }
            let same = try await hub.signIn("u9@x", headers: ["X-Forwarded-For": "203.0.113.7, 198.51.100.1"])
            #expect(same.status == 429)
            let other = try await hub.signIn("u9@x", headers: ["X-Forwarded-For": "198.51.100.2"])
            #expect(other.status == 401)
        }
    }

    @Test func strangersCannotPretendToBeOthers() async throws {
        try await RestHub.with(options()) { hub in
            for index in 0..<5 {
                let answer = try await hub.signIn("u\(index)@x", headers: ["X-Forwarded-For": "198.51.100.\(index)"])
                #expect(answer.status == 401)
            }
            #expect(try await hub.signIn("u9@x", headers: ["X-Forwarded-For": "198.51.100.9"]).status == 429)
        }
    }
}
