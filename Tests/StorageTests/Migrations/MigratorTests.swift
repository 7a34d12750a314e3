import Domain
import Testing

@testable import Storage

@Suite struct MigratorTests {
    @Test(arguments: Engine.allCases)
    func migratesAnEmptyDatabaseOnce(_ engine: Engine) async throws {
        try await StoreFixture.with(engine) { fixture in
            let stores = try await fixture.open()
            #expect(try await stores.migrator.status().map(\.appliedAt) == [nil])
            await #expect(throws: HubError.self) { try await stores.migrator.check() }
            #expect(try await stores.migrator.up().map(\.version) == [1])
            #expect(try await stores.migrator.up().isEmpty)
            try await stores.migrator.check()
            #expect(try await stores.migrator.status().map(\.appliedAt) == [fixture.clock.now])
            let visitor = try await stores.makeVisitor(fixture)
            let result = try await stores.append(visitor.room, Samples.text("السلام عليكم", by: visitor.participant, mid: "k1"))
            #expect(result.outcomes == [.appended(1, at: fixture.clock.now)])
            #expect(try await stores.log(of: visitor.room) == result.events)
        }
    }
}
