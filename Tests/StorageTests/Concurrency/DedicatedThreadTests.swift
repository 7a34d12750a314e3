import Foundation
import Testing

@testable import Storage

@Suite struct DedicatedThreadTests {
    private actor Worker {
        private let thread: DedicatedThread
        private(set) var seen: [Int] = []

        nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

        init(_ thread: DedicatedThread) {
            self.thread = thread
        }

        func add(_ number: Int) -> String? {
            seen.append(number)
            return Thread.current.name
        }
    }

    @Test func actorsRunOnTheirThreadAndOneAtATime() async {
        let thread = DedicatedThread(name: "hub.test")
        let workers = [Worker(thread), Worker(thread)]
        let names = await withTaskGroup(of: String?.self) { group in
            for number in 0..<2000 {
                group.addTask { await workers[number % 2].add(number) }
            }
            return await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(names == ["hub.test"])
        #expect(await workers[0].seen.count == 1000)
        #expect(await workers[1].seen.count == 1000)
    }

    @Test func oneCallersOrderIsKept() async {
        let worker = Worker(DedicatedThread(name: "hub.test"))
        for number in 0..<100 { _ = await worker.add(number) }
        #expect(await worker.seen == Array(0..<100))
    }

    @Test func aThreadEndsWithItsLastActor() async throws {
        weak var gone: DedicatedThread?
        do {
            let thread = DedicatedThread(name: "hub.test")
            gone = thread
            _ = await Worker(thread).add(1)
        }
        // The last job may still be leaving the thread.
        try await eventually("the executor is released") { gone == nil }
    }
}
