import Domain
import HubTestKit
import Testing

@Suite struct SubscriberMachineTests {
    @Test func deliversWhatFollows() {
        var machine = SubscriberMachine(joinedUpTo: 4)
        #expect(machine.published(5) == .deliver(dropping: 0))
        #expect(machine.published(6) == .deliver(dropping: 0))
        #expect(machine.isLive)
    }

    @Test func ignoresWhatTheReplyBrought() {
        var machine = SubscriberMachine(joinedUpTo: 4)
        #expect(machine.published(3) == .ignore)
        #expect(machine.published(4) == .ignore)
        #expect(machine.published(5) == .deliver(dropping: 0))
        #expect(machine.published(5) == .ignore)
    }

    @Test func ofSeveralInARowItDeliversWhatIsNew() {
        var machine = SubscriberMachine(joinedUpTo: 4)
        #expect(machine.published(2, count: 3) == .ignore)
        #expect(machine.published(3, count: 4) == .deliver(dropping: 2))
        #expect(machine.published(7, count: 2) == .deliver(dropping: 0))
        #expect(machine.published(10, count: 2) == .fallBehind)
    }

    @Test func gapMakesItFallBehindOnce() {
        var machine = SubscriberMachine(joinedUpTo: .zero)
        #expect(machine.published(2) == .fallBehind)
        #expect(!machine.isLive)
        #expect(machine.published(1) == .ignore)
        #expect(machine.published(3) == .ignore)
        #expect(machine.overflowed() == .ignore)
    }

    @Test func overflowMakesItFallBehindOnce() {
        var machine = SubscriberMachine(joinedUpTo: 7)
        #expect(machine.overflowed() == .fallBehind)
        #expect(machine.overflowed() == .ignore)
        #expect(machine.published(8) == .ignore)
    }

    @Test func startsBeforeTheFirstEvent() {
        var machine = SubscriberMachine(joinedUpTo: .zero)
        #expect(machine.published(1) == .deliver(dropping: 0))
    }

    /// Whatever is published in whatever order, what is delivered has no gap and nothing twice.
    @Test func randomPublicationsAreDeliveredDensely() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<500 {
            let start = Int64.random(in: 0...5, using: &random)
            var machine = SubscriberMachine(joinedUpTo: SequenceNumber(start))
            var delivered: [Int64] = []
            var next = Int64.random(in: 0...start + 1, using: &random)
            for _ in 0..<30 {
                if random.chance(in: 20) { next += Int64.random(in: -3...3, using: &random) }
                let wasLive = machine.isLive
                let count = Int64.random(in: 1...3, using: &random)
                let action = machine.published(SequenceNumber(next), count: Int(count))
                if case .deliver(let dropped) = action { delivered += (next + Int64(dropped))..<(next + count) }
                #expect(wasLive || action == .ignore)
                next += count
            }
            #expect(delivered == Array((start + 1)..<(start + 1 + Int64(delivered.count))))
        }
    }
}
