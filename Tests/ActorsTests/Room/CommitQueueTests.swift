import Domain
import HubTestKit
import Testing

@testable import Actors

/// When transactions begin, and what they hold.
@Suite struct CommitQueueTests {
    private typealias Queue = CommitQueue<ContinuousClock.Instant>

    private let start = ContinuousClock.now
    private let room = RoomID.sample(1)
    private let draft = Draft(author: .hub, mid: "x", content: .message(.text("x"), replyTo: nil))

    private func queue(maxDrafts: Int = 2000, maxInFlight: Int = 1) -> Queue {
        let pace = CommitPace(gather: .milliseconds(5), load: 4, full: 32)
        return Queue(pace: pace, maxDrafts: maxDrafts, maxInFlight: maxInFlight, now: start)
    }

    private func after(_ milliseconds: Int) -> ContinuousClock.Instant {
        start + .milliseconds(milliseconds)
    }

    /// Adds appends of one draft; returns which of them ask for the next step.
    private func add(_ count: Int, to queue: inout Queue) -> [Int] {
        (1...count).filter { _ in
            queue.add(.init(request: AppendRequest(room: room, drafts: [draft]), completion: { _ in })) == true
        }
    }

    /// How many a transaction that begins holds; nil when none does.
    private func begins(_ queue: inout Queue, at moment: ContinuousClock.Instant) -> Int? {
        guard case .begin(let batch) = queue.next(at: moment) else { return nil }
        return batch.count
    }

    private func waits(_ queue: inout Queue, at moment: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard case .wait(let until) = queue.next(at: moment) else { return nil }
        return until
    }

    @Test func aLoneAppendBeginsAtOnce() {
        var queue = queue()
        for turn in 0..<3 {
            #expect(add(1, to: &queue) == [1])
            #expect(begins(&queue, at: after(turn)) == 1)
            queue.end()
        }
    }

    @Test func nothingBeginsBesideWhatIsUnderWay() {
        var queue = queue()
        _ = add(1, to: &queue)
        #expect(begins(&queue, at: start) == 1)
        #expect(add(40, to: &queue).isEmpty, "the end of the transaction takes them along")
        #expect(begins(&queue, at: after(9)) == nil)
        queue.end()
        #expect(begins(&queue, at: after(9)) == 40)
    }

    @Test func underLoadBeginningsLieApart() {
        var queue = queue()
        _ = add(4, to: &queue)
        #expect(begins(&queue, at: start) == 4)
        _ = add(2, to: &queue)
        queue.end()
        #expect(waits(&queue, at: after(2)) == after(5))
        #expect(begins(&queue, at: after(5)) == 2, "and after so few the next one begins at once")
        queue.end()
        _ = add(1, to: &queue)
        #expect(begins(&queue, at: after(6)) == 1)
    }

    @Test func aFullBatchDoesNotWait() {
        var queue = queue()
        _ = add(32, to: &queue)
        #expect(begins(&queue, at: start) == 32)
        queue.end()
        #expect(add(32, to: &queue) == [1, 32], "the first begins the wait, the last ends it")
        #expect(begins(&queue, at: after(1)) == 32)
    }

    @Test func transactionsSideBySideKeepTheSamePace() {
        var queue = queue(maxInFlight: 2)
        _ = add(4, to: &queue)
        #expect(begins(&queue, at: start) == 4)
        #expect(add(4, to: &queue) == [1])
        #expect(waits(&queue, at: after(1)) == after(5))
        #expect(begins(&queue, at: after(5)) == 4)
        _ = add(40, to: &queue)
        #expect(begins(&queue, at: after(20)) == nil, "two are under way")
    }

    @Test func aTransactionHoldsNoMoreThanItsDrafts() {
        var queue = queue(maxDrafts: 3)
        _ = add(5, to: &queue)
        #expect(begins(&queue, at: start) == 3)
        queue.end()
        #expect(begins(&queue, at: start) == 2)
    }

    @Test func itStopsWhenNothingWaits() {
        var queue = queue()
        _ = add(1, to: &queue)
        let isStoppedTooEarly = queue.stop()
        #expect(!isStoppedTooEarly)
        #expect(begins(&queue, at: start) == 1)
        let isStopped = queue.stop()
        #expect(isStopped)
        let late = Queue.Entry(request: AppendRequest(room: room, drafts: []), completion: { _ in })
        let isAsked = queue.add(late)
        #expect(isAsked == nil)
    }
}
