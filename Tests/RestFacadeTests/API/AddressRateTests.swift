import Domain
import Testing

@testable import RestFacade

/// How often one may knock without a token.
@Suite struct AddressRateTests {
    private static let path = "/api/v1/openapi.json"

    @Test func openEndpointsCountByAddress() async throws {
        var options = RestHub.Options()
        options.requestsPerMinute = 3
        options.trustedProxies = ["127.0.0.1/32"]
        try await RestHub.with(options) { hub in
            for left in [2, 1, 0] {
                let answer = try await hub.client.get(Self.path, headers: ["X-Forwarded-For": "192.0.2.1"])
                #expect(answer.status == 200 && answer.header("RateLimit-Remaining") == String(left))
            }
            let refused = try await hub.client.get(Self.path, headers: ["X-Forwarded-For": "192.0.2.1"])
            try refused.expectProblem(429, "rate_limited")
            #expect(refused.header("Retry-After") == "20")
            #expect(try await hub.client.get(Self.path, headers: ["X-Forwarded-For": "192.0.2.2"]).status == 200)
            hub.clock.advance(.seconds(20))
            #expect(try await hub.client.get(Self.path, headers: ["X-Forwarded-For": "192.0.2.1"]).status == 200)
        }
    }

    @Test func healthIsNotCounted() async throws {
        var options = RestHub.Options()
        options.requestsPerMinute = 1
        try await RestHub.with(options) { hub in
            for _ in 0..<5 {
                let answer = try await hub.client.get("/ready")
                #expect(answer.status == 200 && answer.header("RateLimit-Limit") == nil)
            }
        }
    }
}
