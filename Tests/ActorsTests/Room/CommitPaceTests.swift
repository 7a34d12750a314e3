import Testing

@testable import Actors

@Suite struct CommitPaceTests {
    private let pace = CommitPace(gather: .milliseconds(5), load: 4)

    @Test(arguments: 0...3)
    func fewAppendsDelayNobody(_ appends: Int) {
        #expect(pace.pause(after: appends, lasting: .zero) == .zero)
    }

    @Test func underLoadTransactionsBeginAtIntervals() {
        #expect(pace.pause(after: 4, lasting: .milliseconds(2)) == .milliseconds(3))
        #expect(pace.pause(after: 100, lasting: .zero) == .milliseconds(5))
    }

    @Test func aSlowTransactionIsFollowedAtOnce() {
        #expect(pace.pause(after: 100, lasting: .milliseconds(5)) == .zero)
        #expect(pace.pause(after: 100, lasting: .seconds(9)) == .zero)
    }

    @Test func zeroNeverWaits() {
        #expect(CommitPace(gather: .zero).pause(after: 100, lasting: .zero) == .zero)
    }
}
