import Domain
import HubTestKit
import Integrations
import Logging
import Storage
import Synchronization
import Testing

@testable import Actors

@Suite struct UsageLedgerTests {
    /// A store that can be away, over a real one.
    private final class Gate: UsageStore {
        private let store: any UsageStore
        private let isAway = Mutex(false)

        init(_ store: any UsageStore) {
            self.store = store
        }

        func set(away: Bool) { isAway.withLock { $0 = away } }

        private func check() throws { if isAway.withLock({ $0 }) { throw HubError.unavailable() } }

        func open(
            _ requests: [ModelRequest],
            _ rules: BudgetRules,
            at moment: Timestamp
        ) async throws -> (verdicts: [BudgetVerdict], alerts: [BudgetAlert]) {
            try check()
            return try await store.open(requests, rules, at: moment)
        }

        func settle(_ usages: [ModelUsage], _ rules: BudgetRules, at moment: Timestamp) async throws -> [BudgetAlert] {
            try check()
            return try await store.settle(usages, rules, at: moment)
        }

        func verdict(for use: ModelUse, _ rules: BudgetRules, at moment: Timestamp) async throws -> BudgetVerdict {
            try check()
            return try await store.verdict(for: use, rules, at: moment)
        }

        func tidy(before moment: Timestamp, _ rules: BudgetRules, limit: Int) async throws -> Int {
            try check()
            return try await store.tidy(before: moment, rules, limit: limit)
        }

        func spending(of keys: [SpendingKey]) async throws -> [SpendingKey: Spending] {
            try check()
            return try await store.spending(of: keys)
        }

        func days(from first: String, to last: String) async throws -> [UsageDay] {
            try await store.days(from: first, to: last)
        }

        func requests(in room: RoomID, limit: Int) async throws -> [UsageLine] {
            try await store.requests(in: room, limit: limit)
        }
    }

    /// A model that says what it is told to, one piece after the other, and then how it ends.
    private struct Script: LanguageModel {
        enum End {
            case whole(TokenUsage?)
            case failure(CompletionFailure.Kind)
            case never
        }
        let pieces: [String]
        let end: End

        func answer(
            _ request: CompletionRequest,
            show: @escaping @Sendable (String) -> Void
        ) async throws -> Completion {
            pieces.forEach(show)
            switch end {
            case .whole(let usage):
                return Completion(
                    text: pieces.joined(), refusal: nil, toolCalls: [], finish: .stop, usage: usage)
            case .failure(let kind): throw CompletionFailure(kind)
            case .never:
                while true { try await Task.sleep(for: .seconds(60)) }
            }
        }
    }

    /// Whether something was heard.
    private final class Heard: Sendable {
        private let value = Mutex(false)
        var isSet: Bool { value.withLock { $0 } }
        func note() { value.withLock { $0 = true } }
    }

    private struct Bench {
        let hub: TestHub
        let gate: Gate
        let ledger: UsageLedger
        /// The ledger's time, which stands still: no day ends meanwhile.
        let moment: Timestamp

        func today() async throws -> Spending {
            let day = SpendingKey.day(UsagePeriods(at: moment, in: .riyadh).day)
            return try await hub.stores.usage.spending(of: [day])[day] ?? Spending()
        }

        func set(_ setting: ShopSetting, _ value: JSONValue) async throws {
            _ = try await hub.stores.settings.set(
                setting, to: value, expected: nil, Writing(by: .system, at: .present))
        }
    }

    /// Runs a ledger beside the test.
    private func withBench(_ body: (Bench) async throws -> Void) async throws {
        try await ActorsFixture.with { fixture in
            let hub = try await fixture.hub()
            let gate = Gate(hub.stores.usage)
            var limits = LedgerLimits()
            limits.retry = .milliseconds(20)
            limits.maxOwed = 50
            let moment = Timestamp.present
            let ledger = UsageLedger(
                store: gate,
                hours: HoursBook(settings: hub.stores.settings, teams: hub.stores.teams, zones: SystemTimeZones()),
                model: Live(always: "test"), limits: limits, now: { moment },
                logger: Logger(label: "ledger") { _ in SwiftLogNoOpLogHandler() })
            let service = Task { try await ledger.run() }
            defer { service.cancel() }
            try await body(Bench(hub: hub, gate: gate, ledger: ledger, moment: moment))
        }
    }

    private static let question = CompletionRequest([.user("كم السعر؟")], maxTokens: 50)

    @discardableResult
    private func hear(_ model: any LanguageModel) async throws -> String {
        try await model.answer(Self.question) { _ in }.text
    }

    // MARK: Metering

    @Test func whatTheServerToldIsWrittenDown() async throws {
        try await withBench { bench in
            let script = Script(pieces: ["خمسون"], end: .whole(TokenUsage(prompt: 20, completion: 3)))
            let model = bench.ledger.meter(script, for: ModelUse(.answer))
            for _ in 0..<2 { #expect(try await hear(model) == "خمسون") }
            try await eventually("the ledger has it") { try await bench.today() == Spending(tokens: 46, answers: 1) }
        }
    }

    @Test func whatIsCutCancelledOrRefusedIsWrittenDownToo() async throws {
        try await withBench { bench in
            let prompt = Self.question.estimatedTokens
            func run(_ end: Script.End, _ pieces: [String]) async throws {
                _ = try? await hear(bench.ledger.meter(Script(pieces: pieces, end: end), for: ModelUse(.digest)))
            }
            try await run(.failure(.truncated), ["abcd"])
            try await eventually("the ledger has it") { try await bench.today() == Spending(tokens: prompt + 2) }
            try await run(.failure(.unreachable), [])
            let model = bench.ledger.meter(Script(pieces: ["abcd"], end: .never), for: ModelUse(.digest))
            let heard = Heard()
            let listener = Task {
                _ = try await model.answer(Self.question) { _ in heard.note() }
            }
            try await eventually("a word was heard") { heard.isSet }
            #expect(try await bench.today().heldTokens > 0)
            listener.cancel()
            try await eventually("the ledger has it") { try await bench.today() == Spending(tokens: 2 * (prompt + 2)) }
        }
    }

    @Test func aBudgetThatIsUsedUpSendsNothing() async throws {
        try await withBench { bench in
            try await bench.set(.assistantDayTokens, 30)
            let script = Script(pieces: ["x"], end: .whole(TokenUsage(prompt: 30, completion: 3)))
            let model = bench.ledger.meter(script, for: ModelUse(.answer))
            #expect(try await hear(model) == "x", "a request that was let in is finished")
            try await eventually("the ledger has it") { try await bench.today().tokens == 33 }
            let failure = await #expect(throws: CompletionFailure.self) { try await hear(model) }
            guard case .overBudget(let stop)? = failure?.kind else {
                Issue.record("another failure: \(String(describing: failure))")
                return
            }
            #expect(stop.budget == .dayTokens && !stop.isHeld)
            #expect(await bench.ledger.stop(of: ModelUse(.answer))?.budget == .dayTokens)
            #expect(try await bench.ledger.standing().finding.outcome == .limited)
            #expect(try await bench.today().tokens == 33)
        }
    }

    // MARK: A store that is away

    @Test func whatTheStoreCannotTakeIsKeptUntilItCan() async throws {
        try await withBench { bench in
            bench.gate.set(away: true)
            for _ in 0..<10 { bench.ledger.record(TokenUsage(prompt: 3, completion: 0), for: ModelUse(.embedding)) }
            let model = bench.ledger.meter(
                Script(pieces: ["x"], end: .whole(TokenUsage(prompt: 1, completion: 1))), for: ModelUse(.answer))
            let asking = Task { try await hear(model) }
            try await eventually("the ledger has it") {
                await Self.value("hub_model_usage_waiting", bench.ledger) == 10
            }
            bench.gate.set(away: false)
            #expect(try await asking.value == "x", "who asks waits as well")
            try await eventually("the ledger has it") { try await bench.today().tokens == 32 }
            #expect(await Self.value("hub_model_usage_lost_total", bench.ledger) == 0)
        }
    }

    @Test func whatIsTooMuchToKeepIsCounted() async throws {
        try await withBench { bench in
            bench.gate.set(away: true)
            for _ in 0..<80 { bench.ledger.record(TokenUsage(prompt: 1, completion: 0), for: ModelUse(.embedding)) }
            try await eventually("the ledger has it") {
                await Self.value("hub_model_usage_lost_total", bench.ledger) == 30
            }
            bench.gate.set(away: false)
            try await eventually("the ledger has it") { try await bench.today().tokens == 50 }
        }
    }

    private static func value(_ name: String, _ ledger: UsageLedger) async -> Double? {
        await ledger.families().first { $0.name == name }?.samples.first?.value
    }
}
