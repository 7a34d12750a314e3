import Domain
import Testing

@testable import Storage

@Suite struct CodeImportStoreTests {
    @Test(arguments: Engine.allCases)
    func nothingIsSeenBeforeItsEnd(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            let codeImport = try await shelf.begin()
            let problem = CodeLineProblem(line: 3, "required", "the code is missing")
            let half = try await shelf.add(["code-number-1", "code-number-2"], to: codeImport, problems: [problem])
            #expect(half.state == .running && half.counts.lines == 3 && half.counts.accepted == 2)
            #expect(try await stores.codeImports.codeImport(codeImport.id) == half)
            #expect(try await shelf.list().isEmpty)
            #expect(try await shelf.left == 0)
            #expect(try await code { _ = try await shelf.allocate(1) } == .notEnough)
            #expect(try await stores.codes.settle(at: fixture.clock.now + .seconds(1_000_000)) == 0)
            let done = try await stores.codeImports.finish(codeImport.id, fixture.writing())
            #expect(done.state == .finished && done.counts.invalid == 1)
            #expect(try await shelf.list().count == 2)
            #expect(try await shelf.left == 2)
            #expect(try await code { try await shelf.add(["x"], to: codeImport) } == .conflict)
            // Failing what has finished does nothing.
            try await stores.codeImports.fail(codeImport.id, because: "late", fixture.writing())
            try await stores.codeImports.clean(silentSince: fixture.clock.now + .seconds(60), at: fixture.clock.now)
            #expect(try await shelf.list().count == 2)
            #expect(try await stores.codeImports.problems(of: codeImport.id, limit: 10) == [problem])
        }
    }

    @Test(arguments: Engine.allCases)
    func twinsAreFoundWhereverTheyAre(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            try await shelf.stock(["sold-before-1"])
            let other = try await shelf.begin()
            try await shelf.add(["held-elsewhere"], to: other)
            let codeImport = try await shelf.begin()
            let first = try await shelf.add(
                ["new-code-0001", "sold-before-1", "held-elsewhere", "new-code-0001"], to: codeImport)
            #expect(first.counts.accepted == 1 && first.counts.duplicate == 3)
            let second = try await shelf.add(["new-code-0001", "new-code-0002"], to: codeImport, from: 5)
            #expect(second.counts.accepted == 2 && second.counts.duplicate == 4)
            let problems = try await stores.codeImports.problems(of: codeImport.id, limit: 10)
            #expect(problems.allSatisfy { $0.code == "duplicate" } && problems.count == 4)
            #expect(Set([2, 3, 5]).isSubset(of: problems.map(\.line)))
            #expect(!"\(problems)".contains("new-code"))
        }
    }

    @Test(arguments: Engine.allCases)
    func allOrNothingKeepsNothing(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            let codeImport = try await shelf.begin(.all)
            try await shelf.add(
                (1...1200).map { "code-number-\($0)" }, to: codeImport,
                problems: [CodeLineProblem(line: 2000, "format", "no")])
            let done = try await stores.codeImports.finish(codeImport.id, fixture.writing())
            #expect(done.state == .refused && done.counts.accepted == 1200)
            #expect(try await fixture.query("SELECT id FROM codes").isEmpty)
            // So that what was corrected can come at once.
            let again = try await shelf.begin(.all)
            try await shelf.add((1...1200).map { "code-number-\($0)" }, to: again)
            #expect(try await stores.codeImports.finish(again.id, fixture.writing()).state == .finished)
            #expect(try await shelf.left == 1200)
        }
    }

    @Test(arguments: Engine.allCases)
    func whatADeadHubLeftIsClearedAway(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            let dead = try await shelf.begin()
            try await shelf.add(["code-number-1"], to: dead)
            fixture.clock.advance(.seconds(60))
            let alive = try await shelf.begin()
            try await shelf.add(["code-number-2"], to: alive)
            let other = try await fixture.open()
            try await other.codeImports.clean(silentSince: fixture.clock.now - .seconds(30), at: fixture.clock.now)
            let states = try await [dead, alive].mapped { try await stores.codeImports.codeImport($0.id)?.state }
            #expect(states == [.failed, .running])
            #expect(try await fixture.query("SELECT id FROM codes").count == 1)
            #expect(try await code { try await shelf.add(["code-number-3"], to: dead) } == .conflict)
            #expect(
                try await code { _ = try await stores.codeImports.finish(dead.id, fixture.writing()) } == .conflict)
            #expect(try await stores.codeImports.finish(alive.id, fixture.writing()).state == .finished)
            #expect(try await shelf.left == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func theReportIsBoundedAndTheCountsAreNot(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            let codeImport = try await shelf.begin()
            for part in 0..<3 {
                let problems = (1...4).map { CodeLineProblem(line: Int64(part * 4 + $0), "format", "no") }
                try await shelf.add([], to: codeImport, problems: problems, maxProblems: 6)
            }
            #expect(try await stores.codeImports.codeImport(codeImport.id)?.counts.invalid == 12)
            let lines = try await stores.codeImports.problems(of: codeImport.id, limit: 100).map(\.line)
            #expect(lines == [1, 2, 3, 4, 5, 6])
        }
    }

    @Test(arguments: Engine.allCases)
    func onlyAProductThatSellsCodesGetsThem(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            _ = try await stores.products.change(shelf.product, expected: nil, fixture.writing()) {
                $0.stockPolicy = .unlimited
            }
            #expect(try await code { _ = try await shelf.begin() } == .conflict)
        }
    }
}

extension Array {
    fileprivate func mapped<Value>(_ read: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await read(element)) }
        return values
    }
}
