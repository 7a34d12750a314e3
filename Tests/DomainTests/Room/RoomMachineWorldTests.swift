import Domain
import HubTestKit
import Testing

/// The machine in a world where everything goes wrong: appends fail, or are committed and reported as failed,
/// other hubs write in between, reads fail or bring a page only.
@Suite struct RoomMachineWorldTests {
    /// One hub's driver over a log that others append to as well.
    private struct World {
        var random: SeededRandom
        var machine = RoomMachine<Int>(head: .zero, maxQueued: 8, maxBatch: 3)
        var log: [RoomEvent] = []
        /// What members were handed.
        var published: [Int64] = []
        /// How often each ticket was answered, and the number that it was told.
        var answers: [Int: [SequenceNumber?]] = [:]
        var mids: [Int: MID] = [:]
        var appending: [RoomMachine<Int>.Pending]?
        var fetching: SequenceNumber?

        init(seed: UInt64) { random = SeededRandom(seed: seed) }

        var head: SequenceNumber { SequenceNumber(Int64(log.count)) }

        mutating func run(_ actions: [RoomMachine<Int>.Action]) {
            for action in actions {
                switch action {
                case .append(let batch):
                    #expect(appending == nil, "two appends in flight")
                    #expect((1...3).contains(batch.count))
                    appending = batch
                case .fetch(let after):
                    #expect(fetching == nil, "two reads in flight")
                    fetching = after
                case .settle(let pending, let outcome):
                    switch outcome {
                    case .appended(let seq, _), .duplicate(let seq, _): answers[pending.ticket, default: []].append(seq)
                    case .rejected: Issue.record("nothing is rejected in this world")
                    }
                case .fail(let pending, _): answers[pending.ticket, default: []].append(nil)
                case .publish(let events): published += events.map(\.seq.value)
                }
            }
        }

        mutating func submit(_ ticket: Int) {
            // Some are retries of an earlier write.
            let number = random.chance(in: 3) ? Int.random(in: 1...ticket, using: &random) : ticket
            let mid: MID = "m\(number)"
            mids[ticket] = mid
            let draft = Draft(author: Samples.visitor, mid: mid, content: .message(.text("\(number)"), replyTo: nil))
            run(machine.submit(draft, ticket))
        }

        mutating func othersAppend() {
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                log.append(Samples.event(head.next, by: Samples.agent, mid: "other-\(log.count)"))
            }
        }

        mutating func finishAppend(isReliable: Bool) {
            guard let batch = appending else { return }
            appending = nil
            let fate = isReliable ? 0 : Int.random(in: 0..<4, using: &random)
            if fate == 1 {
                run(machine.failed(.unavailable()))
                return
            }
            var outcomes: [AppendPlan.Outcome] = []
            var events: [RoomEvent] = []
            for pending in batch {
                if let earlier = log.first(where: { $0.mid == pending.draft.mid }) {
                    outcomes.append(.duplicate(earlier.seq, at: earlier.at))
                } else {
                    let event = Samples.event(head.next, pending.draft.content, mid: pending.draft.mid)
                    log.append(event)
                    events.append(event)
                    outcomes.append(.appended(event.seq, at: event.at))
                }
            }
            run(fate == 2 ? machine.failed(.unavailable()) : machine.appended(outcomes, events))
        }

        mutating func finishFetch(isReliable: Bool) {
            guard let after = fetching else { return }
            fetching = nil
            if !isReliable, random.chance(in: 4) {
                machine.fetchFailed()
                return
            }
            let page = log.dropFirst(Int(after.value)).prefix(Int.random(in: 1...5, using: &random))
            run(machine.fetched(Array(page)))
        }

        mutating func step(_ ticket: inout Int) {
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1, 2:
                ticket += 1
                submit(ticket)
            case 3: othersAppend()
            case 4: run(machine.headSeen(SequenceNumber(Int64.random(in: 0...head.value, using: &random))))
            case 5, 6: finishAppend(isReliable: false)
            default: finishFetch(isReliable: false)
            }
        }

        /// Lets everything under way come to its end, with a store that works again.
        mutating func settle() {
            run(machine.headSeen(head))
            while appending != nil || fetching != nil {
                finishAppend(isReliable: true)
                finishFetch(isReliable: true)
            }
            run(machine.headSeen(head))
            while fetching != nil { finishFetch(isReliable: true) }
        }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func nothingIsLostDoubledOrOutOfOrder(seed: UInt64) {
        var world = World(seed: seed)
        var tickets = 0
        for _ in 0..<400 {
            world.step(&tickets)
            #expect(world.published.indices.allSatisfy { world.published[$0] == Int64($0) + 1 })
            #expect(world.machine.published.value == Int64(world.published.count))
        }
        world.settle()

        #expect(world.machine.isQuiet)
        #expect(world.published.count == world.log.count)
        #expect(Set(world.log.map(\.mid)).count == world.log.count)
        #expect(world.answers.count == tickets)
        for (ticket, answers) in world.answers {
            #expect(answers.count == 1, "ticket \(ticket) was answered \(answers.count) times")
            guard case let seq?? = answers.first else { continue }
            #expect(world.log[Int(seq.value) - 1].mid == world.mids[ticket])
        }
    }

    /// Without another word from outside, whatever was told or settled is published in the end.
    @Test(arguments: 100...130 as ClosedRange<UInt64>)
    func whatIsKnownIsPublishedWithoutAnotherHead(seed: UInt64) {
        var world = World(seed: seed)
        var known = SequenceNumber.zero
        for ticket in 1...200 {
            if world.random.chance(in: 2) { world.othersAppend() }
            world.submit(ticket)
            if world.random.chance(in: 3) {
                known = world.head
                world.run(world.machine.headSeen(known))
            }
            world.finishAppend(isReliable: false)
            if world.random.chance(in: 2) { world.finishFetch(isReliable: true) }
        }
        while world.appending != nil || world.fetching != nil {
            world.finishAppend(isReliable: false)
            world.finishFetch(isReliable: true)
        }
        let settled = world.answers.values.joined().compactMap { $0 }.max() ?? .zero
        #expect(world.machine.published >= max(known, settled))
    }
}
