import HubTestKit
import Testing

@testable import Domain

@Suite struct AssistantRunTests {
    @Test func aRunIsNamedAfterItsQuestionAndItsEpoch() {
        let run = Samples.run
        #expect(AssistantRun.ID(run.text) == run)
        #expect(AssistantRun.ID(writing: .message(of: run), in: run.room) == run)
        #expect(AssistantRun.ID(writing: .start(of: run), in: run.room) == nil)
        #expect(AssistantRun(json: AssistantRun(run, .failed).json) == AssistantRun(run, .failed))
    }

    @Test(arguments: [
        "", "12.3", "r_1.12.3", "\(Samples.room.text).12", "\(Samples.room.text).0.1", "\(Samples.room.text).a.1",
        "\(Samples.room.text).1.-1", "\(Samples.room.text).1.2.3",
    ])
    func whatIsNoRunIsNone(_ text: String) {
        #expect(AssistantRun.ID(text) == nil)
    }

    // MARK: In the log

    private static let room: Room = {
        var conversation = Samples.conversation(.open)
        conversation.hand(to: .assistant, epoch: 3)
        conversation.waitingSince = Samples.start
        return Samples.room(.conversation, head: 12, conversation: conversation)
    }()

    private static func plan(_ draft: Draft, past: AppendPlan.Past = .init(), in room: Room = room) -> AppendPlan {
        AppendPlan(drafts: [draft], room: room, past: past, now: Samples.start + .seconds(60))
    }

    private static func draft(_ state: AssistantRun.State) -> Draft {
        let isStart = state == .started
        return Draft(
            author: isStart ? .assistant : .hub, mid: isStart ? .start(of: Samples.run) : .end(of: Samples.run),
            content: .run(AssistantRun(Samples.run, state)), basis: WriteBasis(epoch: isStart ? 3 : nil))
    }

    private static let message = Draft(
        author: .assistant, mid: .message(of: Samples.run), content: .message(.text("خمسون"), replyTo: nil),
        basis: WriteBasis(seen: 12, epoch: 3))

    /// With the start in the log, and perhaps the end.
    private static func past(ended: AssistantRun.State? = nil) -> AppendPlan.Past {
        var past = AppendPlan.Past()
        func add(_ draft: Draft) {
            past.byMID[.init(author: draft.author, mid: draft.mid)] = RoomEvent(
                room: room.id, seq: 11, at: Samples.start, author: draft.author, mid: draft.mid, content: draft.content,
                anchor: nil)
        }
        add(draft(.started))
        if let ended { add(draft(ended)) }
        return past
    }

    private static func refusal(_ plan: AppendPlan) -> HubError.Code? {
        guard case .rejected(let error)? = plan.outcomes.last else { return nil }
        return error.code
    }

    @Test func theMessageEndsTheRunInOneCommit() {
        let plan = Self.plan(Self.message, past: Self.past())
        #expect(plan.events.map(\.content.kind) == [.message, .run])
        #expect(plan.events.last?.content == .run(AssistantRun(Samples.run, .done)))
        #expect(plan.events.last?.author == .hub && plan.events.last?.mid == .end(of: Samples.run))
    }

    @Test func aRunThatIsOverWritesNothing() {
        for state in [AssistantRun.State.cancelled, .failed] {
            #expect(Self.refusal(Self.plan(Self.message, past: Self.past(ended: state))) == .conflict)
        }
    }

    @Test func anEndNeedsABeginningAndIsTheOnlyOne() {
        #expect(Self.refusal(Self.plan(Self.draft(.cancelled))) == .notFound)
        #expect(Self.refusal(Self.plan(Self.draft(.cancelled), past: Self.past())) == nil)
        #expect(Self.refusal(Self.plan(Self.draft(.cancelled), past: Self.past(ended: .done))) == .conflict)
        let again = Self.plan(Self.draft(.cancelled), past: Self.past(ended: .cancelled))
        #expect(again.outcomes == [.duplicate(11, at: Samples.start)])
        #expect(Self.refusal(Self.plan(Self.draft(.started), in: Samples.room(.conversation))) == .conflict)
        #expect(Self.refusal(Self.plan(Self.draft(.failed), past: Self.past(), in: Samples.room(.side))) != nil)
    }

    @Test func whoStopsItDoesNotWaitForIt() {
        #expect(
            Self.plan(Self.draft(.cancelled), past: Self.past()).room.conversation?.waitingSince == nil)
        #expect(Self.plan(Self.draft(.failed), past: Self.past()).room.conversation?.waitingSince != nil)
    }

    // MARK: What is shown

    @Test func placesAreCountedInBytes() {
        var draft = AssistantDraft(Samples.run)
        let places = [draft.append("مرحبا"), draft.append("!"), draft.append("")]
        #expect(places == [0, 10, 11] && draft.text == "مرحبا!")
    }
}
