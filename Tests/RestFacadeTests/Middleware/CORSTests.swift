import Domain
import HTTPTypes
import Testing

@Suite struct CORSTests {
    private func preflight(from origin: String) -> [String: String] {
        [
            "Origin": origin, "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        ]
    }

    @Test func widgetOfAnAllowedPageMayCall() async throws {
        try await RestHub.with { hub in
            let headers = preflight(from: RestHub.shop)
            let answer = try await hub.client.send(.options, "/api/v1/attachments", headers: headers)
            #expect(answer.status == 204)
            #expect(answer.header("Access-Control-Allow-Origin") == RestHub.shop)
            #expect(answer.header("Access-Control-Allow-Methods")?.contains("POST") == true)
            #expect(answer.header("Access-Control-Allow-Headers")?.contains("Authorization") == true)
            #expect(answer.header("Access-Control-Allow-Credentials") == nil)
            #expect(answer.header("Vary") == "Origin")
        }
    }

    /// A page that may not read an error cannot act on it.
    @Test func errorsCanBeRead() async throws {
        try await RestHub.with { hub in
            let answer = try await hub.client.get("/api/v1/staff", headers: ["Origin": RestHub.shop])
            try answer.expectProblem(401, "unauthorized")
            #expect(answer.header("Access-Control-Allow-Origin") == RestHub.shop)
            #expect(answer.header("Access-Control-Expose-Headers")?.contains("Retry-After") == true)
        }
    }

    @Test(arguments: ["https://evil.example", "null", "https://shop.example.evil.example", ""])
    func otherPagesMayNot(origin: String) async throws {
        try await RestHub.with { hub in
            let asked = try await hub.client.send(.options, "/api/v1/auth/login", headers: preflight(from: origin))
            #expect(asked.status == 405)
            #expect(asked.header("Access-Control-Allow-Origin") == nil)
            let called = try await hub.client.get("/api/v1/staff", headers: ["Origin": origin])
            #expect(called.header("Access-Control-Allow-Origin") == nil)
        }
    }

    @Test func onlyTheAPIIsShared() async throws {
        try await RestHub.with { hub in
            let answer = try await hub.client.get("/health", headers: ["Origin": RestHub.shop])
            #expect(answer.status == 200)
            #expect(answer.header("Access-Control-Allow-Origin") == nil)
        }
    }
}
