import Domain
import HubTestKit
import Testing

/// Many random batches against a model that knows the rules in the simplest way.
@Suite struct AppendPlanModelTests {
    /// A store of one conversation that keeps nothing but the log and the row.
    private struct World {
        var log: [RoomEvent] = []
        var room = Samples.room(.conversation)
        var now = Samples.start

        /// What a transaction reads for these drafts.
        func past(of drafts: [Draft]) -> AppendPlan.Past {
            var past = AppendPlan.Past()
            for draft in drafts {
                let earlier = log.first { $0.mid == draft.mid && $0.author.isSamePerson(as: draft.author) }
                past.byMID[.init(author: draft.author, mid: draft.mid)] = earlier
                for seq in [draft.content.target, draft.content.replyTo].compactMap({ $0 }) {
                    past.targets[seq] = target(seq)
                }
            }
            return past
        }

        func target(_ seq: SequenceNumber) -> AppendPlan.Target? {
            guard let event = log.first(where: { $0.seq == seq }), case .message(let body, _) = event.content else {
                return nil
            }
            let isDeleted = log.contains { $0.content == .deletion(target: seq) }
            return .init(author: event.author, body: body, isDeleted: isDeleted)
        }

        mutating func commit(_ drafts: [Draft]) -> AppendPlan {
            now = now + .seconds(1)
            let plan = AppendPlan(drafts: drafts, room: room, past: past(of: drafts), now: now)
            room = plan.room
            log += plan.events
            return plan
        }
    }

    private static func draft(_ world: World, using random: inout SeededRandom) -> Draft {
        let author = random.pick([Samples.visitor, Samples.agent, Samples.colleague, Samples.assistant])
        let seq = SequenceNumber(Int64.random(in: 1...max(1, world.room.head.value + 2), using: &random))
        let content: EventContent =
            switch Int.random(in: 0..<12, using: &random) {
            case 0...3: .message(.text("نص \(Int.random(in: 0..<9, using: &random))"), replyTo: nil)
            case 4: .message(.file(Samples.file), replyTo: seq)
            case 5: .edit(target: seq, body: .text("معدل \(Int.random(in: 0..<9, using: &random))"))
            case 6: .deletion(target: seq)
            case 7: .reaction(target: seq, emoji: "👍", on: random.chance(in: 2))
            case 8: .assignment(to: random.pick([nil, Assignee(.user(.sample(1)), name: "عمر")]), epoch: 0)
            case 9: .state(random.pick(ConversationState.allCases), until: world.now + .seconds(60))
            case 10: .membership(.added, who: Samples.agent)
            default: .message(.text("رد"), replyTo: random.chance(in: 2) ? seq : nil)
            }
        let mid: MID = "m\(Int.random(in: 0..<400, using: &random))"
        return Draft(author: author, mid: mid, content: content, isModerator: random.chance(in: 4))
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func lawsHoldForRandomBatches(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var world = World()
        for _ in 0..<60 {
            let before = world
            let drafts = (0..<Int.random(in: 0...8, using: &random)).map { _ in Self.draft(world, using: &random) }
            let plan = world.commit(drafts)
            #expect(plan.outcomes.count == drafts.count)
            checkLog(world)
            checkOutcomes(plan, drafts, before, world)
            try checkRow(world)

            // The whole batch again: what was written answers the same number.
            let again = world.commit(drafts)
            for (first, second) in zip(plan.outcomes, again.outcomes) {
                guard let number = Self.number(first) else { continue }
                #expect(second == .duplicate(number.seq, at: number.at))
            }
        }
        #expect(world.log.count > 50)
    }

    private func checkLog(_ world: World) {
        #expect(world.log.indices.allSatisfy { world.log[$0].seq.value == Int64($0) + 1 })
        let names = world.log.map { AppendPlan.AuthoredMID(author: $0.author, mid: $0.mid) }
        #expect(Set(names).count == names.count, "an author's mid is in the log twice")
        #expect(world.room.head.value == Int64(world.log.count))
    }

    private func checkOutcomes(_ plan: AppendPlan, _ drafts: [Draft], _ before: World, _ after: World) {
        let appended = plan.outcomes.count { if case .appended = $0 { true } else { false } }
        let own = plan.events.count { $0.author != .hub }
        #expect(appended == own)
        for (draft, outcome) in zip(drafts, plan.outcomes) {
            guard let number = Self.number(outcome) else { continue }
            let event = after.log[Int(number.seq.value) - 1]
            #expect(event.mid == draft.mid && event.author.isSamePerson(as: draft.author))
            #expect(event.content.isSameRequest(as: draft.content) && event.at == number.at)
            if case .appended = outcome { #expect(number.seq > before.room.head) }
        }
    }

    /// The row says what the log says.
    private func checkRow(_ world: World) throws {
        let conversation = try #require(world.room.conversation)
        var (unread, epoch) = (Int64(0), Int64(0))
        var waiting: Timestamp?
        var owner: Assignee?
        var state = ConversationState.open
        var last: (seq: SequenceNumber, text: String)?
        for event in world.log {
            switch event.content {
            case .message(let body, _):
                last = (event.seq, body.plainText)
                switch event.author.kind {
                case .visitor, .contact: (unread, waiting) = (unread + 1, waiting ?? event.at)
                case .staff: (unread, waiting) = (0, nil)
                case .assistant: Issue.record("it owns nothing here")
                case .system: break
                }
            case .edit(let target, let body): if target == last?.seq { last?.text = body.plainText }
            case .deletion(let target): if target == last?.seq { last?.text = "" }
            case .assignment(let assignee, let number):
                if assignee?.reference != owner?.reference { epoch += 1 }
                owner = assignee
                #expect(number == epoch)
            case .state(let new, _):
                state = new
                if new == .resolved { waiting = nil }
            case .reaction, .status, .survey, .rating: break
            case .labels, .clock: Issue.record("colleagues are told in the side room")
            case .membership: Issue.record("a conversation has no members")
            case .run: Issue.record("the assistant has nothing here")
            }
        }
        #expect(conversation.unread == unread)
        #expect(conversation.waitingSince == waiting)
        #expect(conversation.epoch == epoch)
        #expect(conversation.state == state)
        #expect(world.room.last?.seq == last?.seq && world.room.last?.excerpt == last?.text)
    }

    private static func number(_ outcome: AppendPlan.Outcome) -> (seq: SequenceNumber, at: Timestamp)? {
        switch outcome {
        case .appended(let seq, let at), .duplicate(let seq, let at): (seq, at)
        case .rejected: nil
        }
    }
}
