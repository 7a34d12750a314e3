import Domain
import Storage
import Testing

@Suite struct StaffTests {
    @Test func colleaguesAreListedWithoutTheirAddresses() async throws {
        try await RestHub.with { hub in
            let sara = try await hub.signedIn("Sara", role: .admin)
            let omar = try await hub.addStaff("Omar")
            let gone = try await hub.addStaff("Gone")
            try await hub.stores.users.setDisabled(true, of: gone.id, at: hub.clock.now)
            let answer = try await hub.client.get("/api/v1/staff", token: sara.token)
            let expected: [[String: JSONValue]] = [
                ["id": .string(omar.id.text), "name": .string("Omar"), "role": .string("agent")],
                ["id": .string(sara.user.id.text), "name": .string("Sara"), "role": .string("admin")],
            ]
            #expect(try answer.list("staff") == expected.map(JSONValue.object))
        }
    }

    @Test(arguments: ["/api/v1/staff", "/api/v1/rooms", "/api/v1/auth/me"])
    func visitorsAndStrangersAreRefused(path: String) async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("ليلى")
            try await hub.client.get(path, token: visitor.token).expectProblem(403, "forbidden")
            try await hub.client.get(path).expectProblem(401, "unauthorized")
            try await hub.client.get(path, token: "x.y.z").expectProblem(401, "unauthorized")
            try await hub.client.get(path, token: "guess").expectProblem(401, "unauthorized")
            for value in ["Basic eDp5", "Bearer", "Bearer ", visitor.token] {
                let answer = try await hub.client.get(path, headers: ["Authorization": value])
                try answer.expectProblem(401, "unauthorized")
            }
        }
    }
}
