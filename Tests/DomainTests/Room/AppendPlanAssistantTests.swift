import Domain
import HubTestKit
import Testing

/// The assistant writes only while it owns a conversation, and a person who speaks has it from then on.
@Suite struct AppendPlanAssistantTests {
    private static let phoneApp = Participant(kind: .staff, id: "whatsapp-app", name: "WhatsApp")
    private static let omar = Assignee(.user(.sample(1)), name: Samples.agent.name)
    private static let message = EventContent.message(.text("…"), replyTo: nil)

    /// Owned by the assistant under epoch 3, and of a team.
    private static func room(_ state: ConversationState = .open, waiting: Timestamp? = Samples.start) -> Room {
        var conversation = Samples.conversation(state)
        conversation.hand(to: .assistant, epoch: 3)
        conversation.team = .sample(4)
        conversation.waitingSince = waiting
        return Samples.room(.conversation, head: 9, conversation: conversation)
    }

    private static func plan(_ drafts: Draft..., in room: Room = room(), at seconds: Int = 60) -> AppendPlan {
        AppendPlan(drafts: drafts, room: room, past: .init(), now: Samples.start + .seconds(seconds))
    }

    private static func draft(
        _ content: EventContent = message,
        by author: Participant = Samples.assistant,
        epoch: Int64? = nil,
        mid: MID = "a"
    ) -> Draft {
        Draft(author: author, mid: mid, content: content, basis: WriteBasis(epoch: epoch))
    }

    private static func refusal(_ plan: AppendPlan) -> HubError.Code? {
        guard case .rejected(let error)? = plan.outcomes.last else { return nil }
        return error.code
    }

    @Test func itAnswersUnderItsEpochOnly() {
        #expect(Self.refusal(Self.plan(Self.draft(epoch: 3))) == nil)
        #expect(Self.refusal(Self.plan(Self.draft(epoch: 2))) == .conflict)
        #expect(Self.refusal(Self.plan(Self.draft())) == .conflict, "it must say under which")
        var room = Self.room()
        room.conversation?.hand(to: Self.omar, epoch: 4)
        #expect(Self.refusal(Self.plan(Self.draft(epoch: 4), in: room)) == .conflict)
        #expect(Self.refusal(Self.plan(Self.draft(), in: Samples.room(.conversation))) == .conflict)
        #expect(Self.refusal(Self.plan(Self.draft(), in: Samples.room(.side))) == nil, "notes are free")
    }

    @Test func whateverItDoesItDoesAsTheOwner() {
        for content in [EventContent.state(.resolved, until: nil), .assignment(to: nil, epoch: 0)] {
            #expect(Self.refusal(Self.plan(Self.draft(content, epoch: 3))) == nil)
            #expect(Self.refusal(Self.plan(Self.draft(content, epoch: 2))) == .conflict)
            #expect(Self.refusal(Self.plan(Self.draft(content))) == .conflict)
        }
    }

    @Test func itsAnswerEndsTheWaitAndIsReadByNobody() {
        var room = Self.room()
        room.conversation?.unread = 2
        let conversation = Self.plan(Self.draft(epoch: 3), in: room).room.conversation
        #expect(conversation?.waitingSince == nil && conversation?.unread == 2)
    }

    @Test func aPersonWhoAnswersTakesItFirst() {
        let late = Self.draft(epoch: 3, mid: "late")
        let plan = Self.plan(Self.draft(by: Samples.agent), late)
        #expect(plan.events.map(\.content) == [.assignment(to: Self.omar, epoch: 4), Self.message])
        #expect(plan.events.map(\.author) == [.hub, Samples.agent])
        #expect(plan.outcomes.first == .appended(11, at: Samples.start + .seconds(60)))
        #expect(Self.refusal(plan) == .conflict, "what the assistant began before never appears")
        let conversation = plan.room.conversation
        #expect(conversation?.epoch == 4 && conversation?.assignee == Self.omar)
        #expect(conversation?.team == .sample(4) && conversation?.waitingSince == nil)
    }

    @Test func staffAtThePhoneAppTakeItWithoutAName() {
        let plan = Self.plan(Self.draft(by: Self.phoneApp))
        #expect(plan.events.map(\.content) == [.assignment(to: nil, epoch: 4), Self.message])
        let conversation = plan.room.conversation
        #expect(conversation?.assignee == nil && conversation?.waitingSince == nil)
        #expect(conversation?.team == .sample(4), "nobody else sees it because of that")
    }

    @Test func anAnswerThatNoLongerFitsTakesNothing() {
        let plan = Self.plan(Self.draft(by: Samples.agent, epoch: 2))
        #expect(plan.events.isEmpty && Self.refusal(plan) == .conflict)
        #expect(plan.room.conversation?.isAssistants == true)
    }

    @Test func othersTakeNothing() {
        for author in [Samples.visitor, .hub] {
            #expect(Self.plan(Self.draft(by: author)).room.conversation?.isAssistants == true)
        }
        let reaction = EventContent.state(.open, until: nil)
        #expect(Self.plan(Self.draft(reaction, by: Samples.agent)).room.conversation?.isAssistants == true)
    }

    @Test(arguments: [ConversationState.snoozed, .pending])
    func whatAPersonPutsAwayComesBackToPeople(_ state: ConversationState) {
        let plan = Self.plan(Self.draft(.state(state, until: nil), by: Samples.agent), in: Self.room(waiting: nil))
        #expect(plan.events.map(\.content) == [.state(state, until: nil), .assignment(to: nil, epoch: 4)])
        let conversation = plan.room.conversation
        #expect(conversation?.team == .sample(4) && conversation?.waitingSince == nil)
    }

    @Test func whomItGivesAwayWaitsFromThenOn() {
        let team = Assignee(.team(.sample(5)), name: "المبيعات")
        let now = Samples.start + .seconds(60)
        for (assignee, waiting) in [(team, now), (nil, now), (Self.omar, nil)] as [(Assignee?, Timestamp?)] {
            let give = Self.draft(.assignment(to: assignee, epoch: 0), by: Samples.agent)
            #expect(Self.plan(give, in: Self.room(waiting: nil)).room.conversation?.waitingSince == waiting)
            #expect(Self.plan(give).room.conversation?.waitingSince == Samples.start, "or since they wrote")
        }
    }

    @Test func aPersonHandsItBack() {
        let back = Self.draft(.assignment(to: .assistant, epoch: 0), by: Samples.agent)
        let mine = Samples.room(.conversation)
        #expect(Self.plan(back, in: mine).room.conversation?.isAssistants == true)
        for state in [ConversationState.resolved, .snoozed, .pending] {
            let room = Samples.room(.conversation, conversation: Samples.conversation(state))
            #expect(Self.refusal(Self.plan(back, in: room)) == .conflict)
        }
        #expect(Self.plan(back).room.conversation?.epoch == 3, "it has it already")
    }
}
