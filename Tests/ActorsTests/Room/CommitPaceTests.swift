import Testing

@testable import Actors

@Suite struct CommitPaceTests {
    private let now = ContinuousClock.now

    @Test(arguments: 0...3)
    func fewAppendsDelayNobody(_ appends: Int) {
        #expect(CommitPace(gather: .milliseconds(5)).nextBeginning(after: appends, at: now) == now)
    }

    @Test(arguments: [4, 100])
    func underLoadTransactionsBeginAtIntervals(_ appends: Int) {
        #expect(CommitPace(gather: .milliseconds(5)).nextBeginning(after: appends, at: now) == now + .milliseconds(5))
    }

    @Test func zeroNeverWaits() {
        #expect(CommitPace(gather: .zero).nextBeginning(after: 100, at: now) == now)
    }
}
