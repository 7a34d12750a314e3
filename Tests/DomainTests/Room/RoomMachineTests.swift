import Domain
import HubTestKit
import Testing

/// Transcripts: what goes in, and what the driver is told to do.
@Suite struct RoomMachineTests {
    private typealias Machine = RoomMachine<Int>

    private let now = Samples.start

    private func machine(head: SequenceNumber = .zero, maxQueued: Int = 100, maxBatch: Int = 3) -> Machine {
        Machine(head: head, maxQueued: maxQueued, maxBatch: maxBatch)
    }

    private func draft(_ number: Int) -> Draft {
        Draft(
            author: Samples.visitor, mid: "m\(number)",
            content: .message(.text("\(number)"), replyTo: nil))
    }

    private func events(_ numbers: Int64...) -> [RoomEvent] {
        numbers.map { Samples.event(SequenceNumber($0)) }
    }

    private func done(_ seq: SequenceNumber) -> AppendPlan.Outcome { .appended(seq, at: now) }

    /// The actions as short words, in which tests are read more easily.
    private func told(_ actions: [Machine.Action]) -> [String] {
        actions.map { action in
            switch action {
            case .append(let batch): "append \(batch.map(\.ticket))"
            case .fetch(let after): "fetch after \(after)"
            case .settle(let pending, .appended(let seq, _)): "settle \(pending.ticket): \(seq)"
            case .settle(let pending, .duplicate(let seq, _)): "settle \(pending.ticket): \(seq) again"
            case .settle(let pending, .rejected(let error)): "settle \(pending.ticket): \(error.code)"
            case .fail(let pending, let error): "fail \(pending.ticket): \(error.code)"
            case .publish(let events): "publish \(events.map(\.seq.value))"
            }
        }
    }

    // MARK: Appending

    @Test func draftIsAppendedSettledAndPublished() {
        var machine = machine()
        #expect(machine.isQuiet)
        #expect(told(machine.submit(draft(1), 1)) == ["append [1]"])
        #expect(!machine.isQuiet)
        #expect(told(machine.appended([done(1)], events(1))) == ["settle 1: 1", "publish [1]"])
        #expect(machine.published == 1)
        #expect(machine.isQuiet)
    }

    @Test func oneAppendIsInFlightAndTheRestGathers() {
        var machine = machine()
        #expect(told(machine.submit(draft(1), 1)) == ["append [1]"])
        for number in 2...5 { #expect(told(machine.submit(draft(number), number)) == []) }
        #expect(told(machine.appended([done(1)], events(1))) == ["settle 1: 1", "publish [1]", "append [2, 3, 4]"])
        #expect(
            told(machine.appended([done(2), done(3), done(4)], events(2, 3, 4)))
                == ["settle 2: 2", "settle 3: 3", "settle 4: 4", "publish [2, 3, 4]", "append [5]"])
        #expect(told(machine.appended([done(5)], events(5))) == ["settle 5: 5", "publish [5]"])
    }

    @Test func fullQueueRefuses() {
        var machine = machine(maxQueued: 2)
        _ = machine.submit(draft(1), 1)
        _ = machine.submit(draft(2), 2)
        _ = machine.submit(draft(3), 3)
        #expect(told(machine.submit(draft(4), 4)) == ["fail 4: busy"])
        _ = machine.appended([done(1)], events(1))
        #expect(told(machine.submit(draft(5), 5)) == [])
    }

    @Test func rejectedDraftIsSettledAndPublishesNothing() {
        var machine = machine()
        _ = machine.submit(draft(1), 1)
        #expect(told(machine.appended([.rejected(.notFound("x"))], [])) == ["settle 1: notFound"])
        #expect(machine.isQuiet)
    }

    @Test func hubsFollowUpIsPublishedWithItsCause() {
        var machine = machine(head: 4)
        _ = machine.submit(draft(1), 1)
        #expect(told(machine.appended([done(5)], events(5, 6))) == ["settle 1: 5", "publish [5, 6]"])
    }

    @Test func failureIsToldAndTheNextGoesOn() {
        var machine = machine()
        _ = machine.submit(draft(1), 1)
        _ = machine.submit(draft(2), 2)
        #expect(told(machine.failed(.unavailable())) == ["fail 1: unavailable", "append [2]"])
        #expect(told(machine.failed(.unavailable())) == ["fail 2: unavailable"])
        #expect(machine.isQuiet)
    }

    // MARK: Others append too

    @Test func gapBeforeOwnEventsIsFetchedFirst() {
        var machine = machine(head: 4)
        _ = machine.submit(draft(1), 1)
        #expect(told(machine.appended([done(7)], events(7))) == ["settle 1: 7", "fetch after 4"])
        #expect(machine.published == 4)
        #expect(told(machine.fetched(events(5, 6))) == ["publish [5, 6, 7]"])
        #expect(machine.isQuiet)
    }

    @Test func fetchThatBringsOwnEventsTooPublishesThemOnce() {
        var machine = machine(head: 4)
        _ = machine.submit(draft(1), 1)
        _ = machine.appended([done(7)], events(7))
        #expect(told(machine.fetched(events(5, 6, 7, 8))) == ["publish [5, 6, 7, 8]"])
        #expect(told(machine.headSeen(8)) == [])
    }

    @Test func appendAcrossARunningFetchStaysInOrder() {
        var machine = machine(head: 4)
        #expect(told(machine.headSeen(6)) == ["fetch after 4"])
        #expect(told(machine.submit(draft(1), 1)) == ["append [1]"])
        #expect(told(machine.appended([done(7)], events(7))) == ["settle 1: 7"])
        #expect(told(machine.fetched(events(5))) == ["publish [5]", "fetch after 5"])
        #expect(told(machine.fetched(events(6, 7))) == ["publish [6, 7]"])
    }

    @Test func headOfOthersIsFetchedPageByPage() {
        var machine = machine(head: 1)
        #expect(told(machine.headSeen(5)) == ["fetch after 1"])
        #expect(told(machine.headSeen(6)) == [])
        #expect(told(machine.fetched(events(2, 3))) == ["publish [2, 3]", "fetch after 3"])
        #expect(told(machine.fetched(events(4, 5, 6))) == ["publish [4, 5, 6]"])
    }

    @Test func knownHeadFetchesNothing() {
        var machine = machine(head: 5)
        #expect(told(machine.headSeen(5)) == [])
        #expect(told(machine.headSeen(2)) == [])
        #expect(machine.isQuiet)
    }

    @Test func headSeenDuringAnAppendIsFetchedAfterIt() {
        var machine = machine(head: 4)
        _ = machine.submit(draft(1), 1)
        #expect(told(machine.headSeen(6)) == [])
        #expect(told(machine.appended([done(5)], events(5))) == ["settle 1: 5", "publish [5]", "fetch after 5"])
    }

    @Test func headSeenDuringAnAppendIsFetchedAlsoWhenThatFails() {
        var machine = machine(head: 4)
        _ = machine.submit(draft(1), 1)
        #expect(told(machine.headSeen(6)) == [])
        #expect(told(machine.failed(.unavailable())) == ["fail 1: unavailable", "fetch after 4"])
        #expect(told(machine.fetched(events(5, 6))) == ["publish [5, 6]"])
    }

    @Test func writeThatWasCommittedAfterAllIsFetchedWhenItsRetrySaysSo() {
        var machine = machine(head: 4)
        _ = machine.submit(draft(1), 1)
        #expect(told(machine.failed(.unavailable())) == ["fail 1: unavailable"])
        _ = machine.submit(draft(1), 2)
        #expect(told(machine.appended([.duplicate(5, at: now)], [])) == ["settle 2: 5 again", "fetch after 4"])
        #expect(told(machine.fetched(events(5))) == ["publish [5]"])
    }

    @Test func duplicateOfSomethingPublishedFetchesNothing() {
        var machine = machine(head: 4)
        _ = machine.submit(draft(1), 1)
        #expect(told(machine.appended([.duplicate(2, at: now)], [])) == ["settle 1: 2 again"])
    }

    // MARK: Fetches that bring nothing

    @Test func failedFetchIsTriedAgainWithTheNextHead() {
        var machine = machine(head: 4)
        _ = machine.headSeen(6)
        machine.fetchFailed()
        #expect(machine.isQuiet)
        #expect(told(machine.headSeen(4)) == ["fetch after 4"])
    }

    @Test func emptyFetchAsksAgainWithTheNextHeadOnly() {
        var machine = machine(head: 4)
        _ = machine.headSeen(6)
        #expect(told(machine.fetched([])) == [])
        #expect(told(machine.headSeen(6)) == ["fetch after 4"])
    }

    @Test func oldEventsAreNotPublishedAgain() {
        var machine = machine(head: 4)
        _ = machine.headSeen(5)
        #expect(told(machine.fetched(events(3, 4, 5))) == ["publish [5]"])
        #expect(machine.published == 5)
    }
}
