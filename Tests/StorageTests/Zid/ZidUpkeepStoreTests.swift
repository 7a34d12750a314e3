import Domain
import Testing

@testable import Storage

@Suite struct ZidUpkeepStoreTests {
    @Test(arguments: Engine.allCases)
    func whatIsWrittenIsReadAgain(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (store, now) = (stores.zidUpkeep, fixture.clock.now)
            for kind in ZidUpkeep.Kind.allCases {
                #expect(try await store.upkeep(kind) == ZidUpkeep(kind))
                let full = try await store.change(kind) { upkeep in
                    upkeep.version = 7
                    upkeep.ticket = 3
                    upkeep.heldUntil = now
                    upkeep.attempts = 2
                    upkeep.notBefore = now + .seconds(1)
                    upkeep.isUnsure = true
                    upkeep.problem = .answerLost
                    upkeep.isGivenUp = true
                    upkeep.doneAt = now + .seconds(2)
                    upkeep.mark = "علامة"
                    return upkeep
                }
                #expect(try await store.upkeep(kind) == full && full.kind == kind)
                let emptied = try await store.change(kind) { upkeep in
                    upkeep = ZidUpkeep(kind)
                    return upkeep
                }
                #expect(try await store.upkeep(kind) == emptied)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func ofManyWhoWantItOneGetsIt(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let now = fixture.clock.now
            let hubs = [stores, try await fixture.open()]
            for round in 1...3 as ClosedRange<Int64> {
                let tickets = try await withThrowingTaskGroup(of: Int64?.self) { group in
                    for number in 0..<8 {
                        let store = hubs[number % hubs.count].zidUpkeep
                        group.addTask {
                            try await store.change(.keys) { $0.claim(1, due: now, at: now, ZidUpkeepRules()) }
                        }
                    }
                    return try await group.reduce(into: [Int64]()) { tickets, ticket in
                        if let ticket { tickets.append(ticket) }
                    }
                }
                #expect(tickets == [round])
                #expect(try await stores.zidUpkeep.upkeep(.webhooks).ticket == 0, "the other is another matter")
                let isOver = try await stores.zidUpkeep.change(.keys) {
                    $0.end(.dropped, ticket: round, at: now, ZidUpkeepRules())
                }
                #expect(isOver)
            }
        }
    }
}
