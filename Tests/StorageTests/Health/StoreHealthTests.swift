import Domain
import Testing

@testable import Storage

@Suite struct StoreHealthTests {
    @Test(arguments: Engine.allCases)
    func theEpochIsRandomAndStays(_ engine: Engine) async throws {
        let epochs = try await [0, 1].asyncEpochs(engine)
        #expect(Set(epochs).count == 2)
        #expect(epochs.allSatisfy { $0.count == 32 })
    }

    @Test(arguments: Engine.allCases)
    func theEpochIsRenewed(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, _ in
            try await stores.health.renewEpoch(to: "another")
            #expect(try await stores.health.epoch() == "another")
        }
    }

    @Test(arguments: Engine.allCases)
    func checkingWritesAndReads(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, _ in
            try await stores.health.check()
            try await stores.health.check()
        }
    }

    @Test(arguments: Engine.allCases)
    func aStoreWithoutTablesSaysWhatToDo(_ engine: Engine) async throws {
        try await StoreFixture.with(engine) { fixture in
            let stores = try await fixture.open()
            for call in [{ try await stores.health.check() }, { _ = try await stores.users.users() }]
                as [@Sendable () async throws -> Void]
            {
                let error = await #expect(throws: HubError.self) { try await call() }
                #expect(error?.code == .internal)
                #expect(error?.message.contains("hub migrate up") == true)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func aClosedStoreIsUnavailable(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, _ in
            await stores.close()
            let reading = try await code { _ = try await stores.users.users() }
            let writing = try await code { try await stores.health.check() }
            #expect(reading == .unavailable)
            #expect(writing == .unavailable)
        }
    }
}

extension [Int] {
    fileprivate func asyncEpochs(_ engine: Engine) async throws -> [String] {
        var epochs: [String] = []
        for _ in self {
            epochs.append(
                try await StoreFixture.withStores(engine) { stores, fixture in
                    let epoch = try await stores.health.epoch()
                    let second = try await fixture.open()
                    _ = try await second.migrator.up()
                    #expect(try await second.health.epoch() == epoch)
                    return epoch
                }
            )
        }
        return epochs
    }
}
