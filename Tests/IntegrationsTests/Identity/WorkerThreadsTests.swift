import Dispatch
import Domain
import Synchronization
import Testing

@testable import Integrations

@Suite struct WorkerThreadsTests {
    @Test(.timeLimit(.minutes(5)))
    func runsAtMostItsThreadsAtOnceAndRefusesWhatDoesNotFit() async throws {
        let workers = WorkerThreads(count: 2, maxWaiting: 1, name: "test")
        let gate = DispatchSemaphore(value: 0)
        let tally = Tally()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    do throws(HubError) {
                        try await workers.run {
                            tally.enter()
                            gate.wait()
                            tally.leave()
                        }
                        return true
                    } catch {
                        #expect(error.code == .busy)
                        #expect(error.retryAfter != nil)
                        return false
                    }
                }
            }
            // Seven are refused at once; the other three end only through the gate.
            var outcomes: [Bool] = []
            while outcomes.count < 7, let outcome = await group.next() { outcomes.append(outcome) }
            // A thread may begin late: the gate stays shut until both are inside.
            while tally.most < 2, !Task.isCancelled { await Task.yield() }
            for _ in 0..<3 { gate.signal() }
            for await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        #expect(outcomes == Array(repeating: false, count: 7) + Array(repeating: true, count: 3))
        #expect(tally.most == 2)
    }

    @Test func finishesWhatItTookBeforeItEnds() async throws {
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            let workers = WorkerThreads(count: 1, maxWaiting: 100, name: "test")
            for index in 0..<50 { group.addTask { try await workers.run { index } } }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(values == Set(0..<50))
    }
}

/// Counts how many are inside at once.
private final class Tally: Sendable {
    private let state = Mutex((now: 0, most: 0))

    func enter() {
        state.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
        }
    }

    func leave() { state.withLock { $0.now -= 1 } }

    var most: Int { state.withLock { $0.most } }
}
