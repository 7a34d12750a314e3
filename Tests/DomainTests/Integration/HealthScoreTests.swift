import Testing

@testable import Domain

@Suite struct HealthScoreTests {
    @Test func nothingFoundIsNoScore() {
        #expect(HealthScore([]) == nil)
        #expect(HealthScore([.notConfigured, .notConfigured]) == nil)
    }

    @Test func allGoodIsAHundred() {
        #expect(HealthScore(Array(repeating: .ok, count: 50))?.value == 100)
        #expect(HealthScore([.ok, .notConfigured])?.reasons == [])
    }

    @Test func theNewestWeighMost() throws {
        let failedLast = try #require(HealthScore([.unreachable] + Array(repeating: .ok, count: 9)))
        let failedFirst = try #require(HealthScore(Array(repeating: .ok, count: 9) + [.unreachable]))
        #expect(failedLast.value < failedFirst.value)
        #expect(failedLast.value == 85 && failedFirst.value == 94)
        #expect(failedLast.reasons == [.unreachable])
    }

    @Test func eachReasonIsToldOnce() {
        #expect(HealthScore([.limited, .badCredential, .limited, .ok])?.reasons == [.limited, .badCredential])
        #expect(HealthScore([.limited])?.value == 50)
        #expect(HealthScore([.badCredential])?.value == 0)
    }

    @Test func whatIsLongAgoCountsNoMore() {
        let outcomes: [StatusFinding.Outcome] = Array(repeating: .ok, count: 20) + [.error]
        #expect(HealthScore(outcomes)?.value == 100)
    }
}
