import Domain
import Testing

@testable import RestFacade

@Suite struct StatusRoutesTests {
    private static let path = "/api/v1/system/status"

    @Test func anAdministratorSeesHowEverythingStands() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            let answer = try await hub.client.get(Self.path, token: token)
            #expect(answer.status == 200)
            let reports = try #require(try answer.json().array)
            #expect(reports.map { $0["name"]?.string } == ["database", "audit_log"])
            #expect(reports.allSatisfy { $0["ok"]?.bool == true && $0["configured"]?.bool == true })
            #expect(reports.allSatisfy { $0["checked_at"]?.string == hub.clock.now.rfc3339 })
        }
    }

    @Test func itIsForAdministratorsAlone() async throws {
        try await RestHub.with { hub in
            for role in [User.Role.agent, .supervisor] {
                let token = try await hub.signedIn("عمر", role: role).token
                try await hub.client.get(Self.path, token: token).expectProblem(403, "forbidden")
            }
            try await hub.client.get(Self.path).expectProblem(401, "unauthorized")
        }
    }
}
