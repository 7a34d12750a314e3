import Testing
import Transport

@testable import Hub

@Suite struct OpenFileBudgetTests {
    private func budget(_ limit: Int, connections: Int = 16_384) -> OpenFileBudget {
        OpenFileBudget(limit: limit, wanted: ConnectionLimits(maxConnections: connections, maxPerAddress: 256))
    }

    @Test func enoughFilesChangeNothing() {
        let enough = budget(16_384 + 1024 + 256)
        #expect(enough.needed == enough.limit && enough.isEnough)
        #expect(enough.connections == enough.wanted)
        #expect(budget(20_000).isEnough, "the default fits into the limit of many machines")
    }

    @Test(arguments: [1, 2, 33, 64, 100, 128, 256, 600, 1024, 4096, 16_384, 17_663])
    func whatFitsLeavesFilesForTheRest(_ limit: Int) {
        let fewer = budget(limit)
        #expect(!fewer.isEnough)
        #expect(fewer.connections.maxConnections >= 1)
        #expect(fewer.connections.maxConnections < fewer.wanted.maxConnections)
        #expect(fewer.connections.maxPerAddress == 256)
        // Below this there is not even room for one connection and its margin.
        if limit >= 64 { #expect(fewer.connections.hardLimit <= limit - min(256, limit / 2)) }
    }
}
