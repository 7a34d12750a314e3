import Glibc
import Testing

@testable import HubLoad

@Suite struct FiguresTests {
    private func run(cpu: Double, lost: Int = 0, failure: String? = nil) -> Figures {
        var figures = Figures(scenario: .fanout, title: "t", target: "hub", deflate: false, failure: failure)
        figures.cpuPerDelivery = cpu
        figures.lost = lost
        return figures
    }

    @Test func theRunInTheMiddleStandsForAllAndHidesNoLoss() {
        let middle = Figures.middle(of: [run(cpu: 9, lost: 2), run(cpu: 1), run(cpu: 5), run(cpu: 0, failure: "no")])
        #expect(middle?.cpuPerDelivery == 5)
        #expect(middle?.lost == 2)
        #expect(middle?.runs == 3)
    }

    @Test func aFailureStandsOnlyWhereNothingElseDoes() {
        #expect(Figures.middle(of: [run(cpu: 0, failure: "no")])?.failure == "no")
        #expect(Figures.middle(of: []) == nil)
    }

    @Test func latenciesAreThoseOfTheHistogram() {
        var tally = Tally()
        for microseconds in 1...1000 {
            tally.record(nanoseconds: UInt64(microseconds) * 1000)
        }
        #expect(tally.percentile(50) == 500)
        #expect(tally.percentile(99) == 990)
        tally.record(nanoseconds: 3_600_000_000_000)
        #expect(tally.percentile(100) >= 60_000_000)
    }

    @Test func theUsageOfThisProcessRises() {
        let before = ProcessUsage(of: getpid())
        let end = MonotonicTime.after(seconds: 0.05)
        while MonotonicTime.now < end {}
        let after = ProcessUsage(of: getpid())
        #expect(after.cpuNanoseconds > before.cpuNanoseconds)
        #expect(after.residentBytes > 1 << 20)
    }
}
