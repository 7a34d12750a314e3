import Domain
import Testing

@testable import RestFacade

@Suite struct MetricsRouteTests {
    @Test func onlyAdministratorsReadThem() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let agent = try await hub.signedIn("عمر", role: .agent).token
            let visitor = try await hub.visitor("ليلى").token
            _ = try await hub.client.get("/api/v1/products/p_00000000000000000000000000", token: admin)
            let answer = try await hub.client.get("/metrics", token: admin)
            #expect(answer.status == 200 && answer.header("Content-Type") == MetricText.mediaType)
            let text = String(decoding: answer.body, as: UTF8.self)
            // The template of the route, never the address.
            #expect(text.contains(#"{route="/api/v1/products/{product}",method="GET",status="4xx"} 1"#))
            #expect(!text.contains("p_0000"))
            try await hub.client.get("/metrics", token: agent).expectProblem(403, "forbidden")
            try await hub.client.get("/metrics", token: visitor).expectProblem(403, "forbidden")
            try await hub.client.get("/metrics").expectProblem(401, "unauthorized")
        }
    }

    @Test func aTokenIsComparedWhole() {
        let token = MetricsToken("0123456789abcdef")
        #expect(token.isShown(by: "Bearer 0123456789abcdef"))
        for wrong in [nil, "", "Bearer ", "0123456789abcdef", "Bearer 0123456789abcdeg", "Bearer 0123456789abcdef0"] {
            #expect(!token.isShown(by: wrong))
        }
    }
}
