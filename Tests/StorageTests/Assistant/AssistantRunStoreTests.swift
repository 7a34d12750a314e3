import Domain
import Testing

@testable import Storage

@Suite struct AssistantRunStoreTests {
    /// A conversation of the assistant whose customer waits.
    private func asked(_ stores: StoreSet, _ fixture: StoreFixture) async throws -> AssistantRun.ID {
        let visitor = try await stores.makeVisitor(fixture)
        try await stores.append(visitor.room, Samples.text("؟", by: visitor.participant, mid: "q"))
        let give = Draft(author: .hub, mid: .owner(after: 0), content: .assignment(to: .assistant, epoch: 0))
        try await stores.append(visitor.room, give)
        fixture.clock.advance()
        return AssistantRun.ID(room: visitor.room, question: 1, epoch: 1)
    }

    @Test(arguments: Engine.allCases)
    func whoWaitsIsAnsweredByOneHub(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let runs = stores.assistantRuns
            let first = try await asked(stores, fixture)
            let second = try await asked(stores, fixture)
            let free = try await stores.makeVisitor(fixture)
            try await stores.append(free.room, Samples.text("؟", by: free.participant, mid: "q"))
            #expect(try await runs.waiting(limit: 10) == [first, second])
            #expect(try await runs.waiting(limit: 1) == [first])

            let lease = fixture.clock.now + .seconds(15)
            #expect(try await runs.claim(first, by: "n_1", until: lease))
            #expect(try await !runs.claim(first, by: "n_2", until: lease))
            #expect(try await runs.waiting(limit: 10) == [second])
            try await runs.end(first, by: "n_2")
            #expect(try await runs.waiting(limit: 10) == [second], "it is another's")
            try await runs.end(first, by: "n_1")
            #expect(try await runs.waiting(limit: 10) == [first, second])
        }
    }

    @Test(arguments: Engine.allCases)
    func aHubThatIsGoneIsFollowedByOne(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let runs = stores.assistantRuns
            let run = try await asked(stores, fixture)
            let start = fixture.clock.now
            #expect(try await runs.claim(run, by: "n_1", until: start + .seconds(15)))
            try await runs.renew(by: "n_1", until: start + .seconds(20))
            func taken(_ hub: String, at seconds: Int) async throws -> [AssistantRun.ID] {
                let moment = start + .seconds(seconds)
                return try await runs.takeOver(at: moment, by: hub, until: moment + .seconds(15), limit: 10)
            }
            #expect(try await taken("n_2", at: 19).isEmpty, "it lives")
            #expect(try await taken("n_2", at: 21) == [run])
            #expect(try await taken("n_3", at: 22).isEmpty, "one is enough")
            try await runs.end(run, by: "n_1")
            #expect(try await runs.waiting(limit: 10).isEmpty, "who was gone ends nothing")
        }
    }

    @Test(arguments: Engine.allCases)
    func whoHasAnAnswerWaitsNoMore(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let run = try await asked(stores, fixture)
            let answer = Draft(
                author: .assistant, mid: .message(of: run), content: .message(.text("خمسون"), replyTo: nil),
                basis: WriteBasis(seen: 1, epoch: 1))
            try await stores.append(run.room, answer)
            #expect(try await stores.assistantRuns.waiting(limit: 10).isEmpty)
        }
    }
}
