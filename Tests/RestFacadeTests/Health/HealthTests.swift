import Domain
import HTTPTypes
import Storage
import Testing

@Suite struct HealthTests {
    @Test(arguments: ["/health", "/ready"])
    func hubThatServesSaysSo(path: String) async throws {
        try await RestHub.with { hub async throws in
            let answer = try await hub.client.get(path)
            #expect(answer.status == 200)
            #expect(try answer.json() == .object(["status": .string("ok")]))
            let head = try await hub.client.send(.head, path)
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
        }
    }

    @Test func drainingHubLivesAndIsNotReady() async throws {
        try await RestHub.with { hub async throws in
            hub.drain.turnOn()
            #expect(try await hub.client.get("/health").status == 200)
            #expect(try await hub.client.get("/ready").status == 503)
        }
    }

    @Test func hubWithoutItsDatabaseLivesAndIsNotReady() async throws {
        try await RestHub.with { hub async throws in
            await hub.stores.close()
            #expect(try await hub.client.get("/health").status == 200)
            #expect(try await hub.client.get("/ready").status == 503)
        }
    }
}
