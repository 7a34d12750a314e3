import Domain
import HubTestKit
import Testing

/// What a commit makes of the row of a conversation: unread, waiting, owner, state and the line of the inbox.
@Suite struct AppendPlanConversationTests {
    private let now = Samples.start

    private func plan(
        _ contents: [(Participant, EventContent)],
        from room: Room = Samples.room(.conversation),
        past: AppendPlan.Past = .init(),
        at moment: Timestamp = Samples.start
    ) -> AppendPlan {
        let drafts = contents.enumerated().map { index, entry in
            Draft(author: entry.0, mid: "m\(index)", content: entry.1)
        }
        return AppendPlan(drafts: drafts, room: room, past: past, now: moment)
    }

    private func says(_ text: String, _ who: Participant) -> (Participant, EventContent) {
        (who, .message(.text(text), replyTo: nil))
    }

    // MARK: Answers that still fit

    private func answer(_ basis: WriteBasis, _ content: EventContent = .message(.text("x"), replyTo: nil)) -> Draft {
        Draft(author: Samples.agent, mid: "answer", content: content, basis: basis)
    }

    private func plan(
        _ drafts: [Draft],
        epoch: Int64 = 0,
        past: AppendPlan.Past = .init()
    ) -> AppendPlan {
        var room = Samples.room(.conversation, head: 9)
        room.conversation?.epoch = epoch
        return AppendPlan(drafts: drafts, room: room, past: past, now: now)
    }

    private func refusal(_ plan: AppendPlan) -> HubError? {
        guard case .rejected(let error)? = plan.outcomes.last else { return nil }
        return error
    }

    @Test func anAnswerPastTheCustomersLastMessagesIsRefusedWithThem() throws {
        let message = plan([says("لا تنس", Samples.visitor)], from: Samples.room(.conversation, head: 7)).events[0]
        let past = AppendPlan.Past(missed: [7: [message]])
        let error = try #require(refusal(plan([answer(WriteBasis(seen: 7))], past: past)))
        #expect(error.code == .conflict && error.missed == [message])
        #expect(plan([answer(WriteBasis(seen: 7))], past: past).events.isEmpty)
        #expect(refusal(plan([answer(WriteBasis(seen: 8))], past: past)) == nil, "they saw it")
        #expect(refusal(plan([answer(.unsaid)], past: past)) == nil, "they do not say")
    }

    @Test func whatTheCustomerWritesInTheSameCommitCounts() throws {
        let customer = Draft(author: Samples.visitor, mid: "c", content: .message(.text("a"), replyTo: nil))
        let plan = plan([customer, answer(WriteBasis(seen: 9))])
        #expect(plan.outcomes[0] == .appended(10, at: now))
        #expect(try #require(refusal(plan)).missed.map(\.seq) == [10])
    }

    @Test func whoKnowsAnOldOwnerChangesNothing() {
        let take = EventContent.assignment(to: Assignee(.user(.sample(1)), name: "عمر"), epoch: 0)
        for content in [take, .message(.text("x"), replyTo: nil)] {
            #expect(refusal(plan([answer(WriteBasis(epoch: 2), content)], epoch: 3))?.code == .conflict)
            #expect(refusal(plan([answer(WriteBasis(epoch: 3), content)], epoch: 3)) == nil)
        }
        let second = Draft(author: Samples.agent, mid: "second", content: take, basis: WriteBasis(epoch: 3))
        let both = plan([answer(WriteBasis(epoch: 3), take), second], epoch: 3)
        #expect(both.events.count == 1 && refusal(both)?.code == .conflict, "of two at once one is served")
    }

    // MARK: Unread and waiting

    @Test func customerIsUnreadAndWaitsSinceTheirFirstMessage() throws {
        let first = plan([says("a", Samples.visitor)]).room
        let second = plan([says("b", Samples.visitor)], from: first, at: now + .seconds(60)).room
        let conversation = try #require(second.conversation)
        #expect(conversation.unread == 2)
        #expect(conversation.waitingSince == now)
    }

    @Test func answerOfStaffEndsTheWait() throws {
        let room = plan([says("a", Samples.visitor), says("b", Samples.agent)]).room
        let conversation = try #require(room.conversation)
        #expect(conversation.unread == 0)
        #expect(conversation.waitingSince == nil)
    }

    @Test func theHubEndsNoWait() throws {
        let room = plan([says("a", Samples.visitor), says("b", .hub)]).room
        let conversation = try #require(room.conversation)
        #expect(conversation.unread == 1)
        #expect(conversation.waitingSince == now)
    }

    @Test func changesCountAsNoMessage() throws {
        let room = plan([
            says("a", Samples.visitor), (Samples.visitor, .edit(target: 1, body: .text("b"))),
            (Samples.visitor, .reaction(target: 1, emoji: "x", on: true)),
            (Samples.agent, .reaction(target: 1, emoji: "x", on: true)),
        ]).room
        #expect(room.conversation?.unread == 1)
        #expect(room.conversation?.waitingSince == now)
    }

    @Test func resolvedConversationDoesNotWait() {
        let room = plan([says("a", Samples.visitor), (Samples.agent, .state(.resolved, until: nil))]).room
        #expect(room.conversation?.waitingSince == nil)
        #expect(room.conversation?.unread == 1)
    }

    // MARK: State

    @Test(arguments: ConversationState.allCases)
    func customerReopensWhatWasPutAway(state: ConversationState) {
        var conversation = Samples.conversation(state)
        conversation.snoozedUntil = state == .snoozed ? now + .seconds(60) : nil
        let plan = plan(
            [says("a", Samples.visitor), says("b", Samples.visitor)],
            from: Samples.room(.conversation, head: 6, conversation: conversation))
        guard state.reopensOnCustomerMessage else {
            #expect(plan.events.map(\.seq) == [7, 8])
            #expect(plan.room.conversation?.state == state)
            return
        }
        #expect(plan.outcomes == [.appended(7, at: now), .appended(9, at: now)])
        #expect(plan.events.map(\.seq) == [7, 8, 9])
        #expect(
            plan.events[1]
                == RoomEvent(
                    room: Samples.room, seq: 8, at: now, author: .hub, mid: "reopen-7",
                    content: .state(.open, until: nil), anchor: nil))
        #expect(plan.room.conversation?.state == .open)
        #expect(plan.room.conversation?.snoozedUntil == nil)
    }

    @Test(arguments: [Samples.agent, .hub])
    func onlyCustomersReopen(who: Participant) {
        let room = Samples.room(.conversation, conversation: Samples.conversation(.resolved))
        let plan = plan([says("a", who)], from: room)
        #expect(plan.events.count == 1)
        #expect(plan.room.conversation?.state == .resolved)
    }

    @Test func editOfACustomerReopensNothing() {
        let room = Samples.room(.conversation, head: 3, conversation: Samples.conversation(.resolved))
        let target = AppendPlan.Target(author: Samples.visitor, body: .text("x"), isDeleted: false)
        let plan = plan(
            [(Samples.visitor, .edit(target: 3, body: .text("x")))], from: room, past: .init(targets: [3: target]))
        #expect(plan.events.count == 1)
    }

    @Test func retryOfTheMessageThatReopenedAppendsNothing() throws {
        let room = Samples.room(.conversation, conversation: Samples.conversation(.resolved))
        let first = plan([says("a", Samples.visitor)], from: room)
        let key = AppendPlan.AuthoredMID(author: Samples.visitor, mid: "m0")
        var again = first.room
        again.conversation?.state = .resolved
        let second = plan([says("a", Samples.visitor)], from: again, past: .init(byMID: [key: first.events[0]]))
        #expect(second.outcomes == [.duplicate(1, at: now)])
        #expect(second.events.isEmpty)
    }

    @Test func endOfASnoozeIsKeptWhileItLasts() {
        let until = now + .seconds(3600)
        let snoozed = plan([(Samples.agent, .state(.snoozed, until: until))]).room
        #expect(snoozed.conversation?.state == .snoozed)
        #expect(snoozed.conversation?.snoozedUntil == until)
        let pending = AppendPlan(
            drafts: [Draft(author: Samples.agent, mid: "x", content: .state(.pending, until: until))],
            room: snoozed, past: .init(), now: now)
        #expect(pending.room.conversation?.snoozedUntil == nil)
    }

    // MARK: Owner

    @Test func everyChangeOfOwnerHasTheNextEpochAndTheSameOwnerTheSame() {
        let omar = Assignee(.user(.sample(1)), name: "عمر")
        let plan = plan([
            (Samples.agent, .assignment(to: omar, epoch: 0)),
            (Samples.agent, .assignment(to: omar, epoch: 77)),
            (Samples.agent, .assignment(to: nil, epoch: 0)),
        ])
        #expect(
            plan.events.map(\.content) == [
                .assignment(to: omar, epoch: 1), .assignment(to: omar, epoch: 1), .assignment(to: nil, epoch: 2),
            ])
        #expect(plan.room.conversation?.epoch == 2)
        #expect(plan.room.conversation?.assignee == nil)
    }

    @Test func retryOfAnAssignmentIsKnownWithoutItsEpoch() {
        let omar = Assignee(.user(.sample(1)), name: "عمر")
        let draft = Draft(author: Samples.agent, mid: "a", content: .assignment(to: omar, epoch: 0))
        let plan = AppendPlan(drafts: [draft, draft], room: Samples.room(.conversation), past: .init(), now: now)
        #expect(plan.outcomes == [.appended(1, at: now), .duplicate(1, at: now)])
        #expect(plan.room.conversation?.epoch == 1)
    }

    // MARK: Last message

    @Test func lastIsTheNewestMessage() {
        let long = String(repeating: "ش", count: 300)
        let room = plan([
            says("a", Samples.visitor), (Samples.agent, .message(.text(long), replyTo: nil)),
            (Samples.visitor, .reaction(target: 2, emoji: "x", on: true)), (Samples.agent, .state(.open, until: nil)),
        ]).room
        #expect(
            room.last
                == MessageSummary(
                    seq: 2, at: now, author: Samples.agent, kind: .text, excerpt: String(repeating: "ش", count: 120)))
    }

    @Test func editOfTheNewestShowsEditsOfOthersDoNot() {
        let plan = plan([
            says("a", Samples.visitor), says("b", Samples.visitor),
            (Samples.visitor, .edit(target: 1, body: .text("A"))),
        ])
        #expect(plan.room.last?.excerpt == "b")
        let next = AppendPlan(
            drafts: [Draft(author: Samples.visitor, mid: "x", content: .edit(target: 2, body: .text("B")))],
            room: plan.room,
            past: .init(targets: [2: .init(author: Samples.visitor, body: .text("x"), isDeleted: false)]),
            now: now + .seconds(5))
        #expect(next.room.last?.excerpt == "B")
        #expect(next.room.last?.at == now)
    }

    @Test func deletionOfTheNewestEmptiesItsLine() {
        let room = plan([
            says("a", Samples.visitor), says("b", Samples.visitor), (Samples.visitor, .deletion(target: 2)),
        ]).room
        #expect(room.last?.seq == 2)
        #expect(room.last?.excerpt == "")
    }

    @Test func fileShowsItsCaptionAndName() {
        let room = plan([(Samples.agent, .message(.file(Samples.file), replyTo: nil))]).room
        #expect(room.last?.kind == .file)
        #expect(room.last?.excerpt == "الفاتورة فاتورة 1.png")
    }
}
