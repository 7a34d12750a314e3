import Domain
import HTTPTypes
import Storage
import Testing

@testable import RestFacade

@Suite struct ProblemTests {
    /// The table of docs/protocol.md, complete.
    @Test func everyCodeHasItsStatus() {
        let table = Dictionary(
            uniqueKeysWithValues: HubError.Code.allCases.map { ($0.rawValue, Problem.status(of: $0).code) })
        let expected = [
            "bad_request": 400, "unauthorized": 401, "forbidden": 403, "not_found": 404, "not_joined": 403,
            "too_large": 413, "rate_limited": 429, "mid_conflict": 409, "busy": 503, "unavailable": 503,
            "internal": 500, "conflict": 409, "not_enough": 409, "stale": 412, "invalid": 422,
            "idempotency_key_reused": 422,
        ]
        #expect(table == expected)
    }

    @Test(arguments: [
        "/", "/api", "/api/v1/nothing", "/api/v1/rooms/a/b/c/d", "/API/v1/staff", "/healthz", "/health/x",
    ])
    func unknownAddressesAreNotFound(path: String) async throws {
        try await RestHub.with { hub in
            for method in [.get, .post, .delete] as [HTTPRequest.Method] {
                try await hub.client.send(method, path).expectProblem(404, "not_found")
            }
            #expect(try await hub.client.send(.head, path).status == 404)
        }
    }

    @Test(arguments: [
        ("/api/v1/auth/login", HTTPRequest.Method.get, "POST"), ("/api/v1/auth/login", .options, "POST"),
        ("/api/v1/staff", .post, "GET, HEAD"), ("/api/v1/rooms", .delete, "GET, HEAD, POST"),
        ("/api/v1/rooms/x/members/y", .get, "DELETE, PUT"), ("/api/v1/rooms/x/events", .put, "GET, HEAD"),
        ("/health", .post, "GET, HEAD"),
    ])
    func otherMethodsAreNamed(path: String, method: HTTPRequest.Method, allowed: String) async throws {
        try await RestHub.with { hub in
            let answer = try await hub.client.send(method, path)
            try answer.expectProblem(405, "bad_request")
            #expect(answer.header("Allow") == allowed)
        }
    }

    @Test func storeThatIsAwayIsTemporary() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("Sara")
            await hub.stores.close()
            let answer = try await hub.client.get("/api/v1/rooms", token: sara.token)
            try answer.expectProblem(503, "unavailable")
            #expect(answer.header("Retry-After") == "1")
            try await hub.signIn(sara.user.email).expectProblem(503, "unavailable")
        }
    }

    @Test func everyAnswerHasItsHeaders() async throws {
        try await RestHub.with { hub in
            let answers = [
                try await hub.client.get("/health"), try await hub.client.get("/nothing"),
                try await hub.client.get("/api/v1/staff"), try await hub.client.send(.put, "/health"),
            ]
            for answer in answers {
                #expect(answer.header("X-Content-Type-Options") == "nosniff")
                #expect(answer.header("Referrer-Policy") == "no-referrer")
                #expect(answer.header("Cache-Control") == "no-store")
                #expect(answer.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
            }
            #expect(Set(answers.compactMap { $0.header("X-Request-ID") }).count == answers.count)
        }
    }
}
