import Domain
import HubTestKit
import Testing

/// Numbering, repetition and who may change what.
@Suite struct AppendPlanTests {
    private let now = Samples.start
    private let later = Samples.start + .seconds(1)

    private func plan(
        _ drafts: [Draft],
        in room: Room = Samples.room(.conversation, head: 4),
        past: AppendPlan.Past = .init()
    ) -> AppendPlan {
        AppendPlan(drafts: drafts, room: room, past: past, now: now)
    }

    private func text(
        _ text: String = "مرحبا",
        by author: Participant = Samples.visitor,
        mid: MID,
        replyTo: SequenceNumber? = nil
    ) -> Draft {
        Draft(author: author, mid: mid, content: .message(.text(text), replyTo: replyTo))
    }

    private func past(
        _ seq: SequenceNumber = 3,
        by author: Participant,
        body: MessageBody = .text("x"),
        isDeleted: Bool = false
    ) -> AppendPlan.Past {
        AppendPlan.Past(targets: [seq: AppendPlan.Target(author: author, body: body, isDeleted: isDeleted)])
    }

    // MARK: Numbers

    @Test func numbersFollowTheHeadDensely() {
        let plan = plan([text(mid: "a"), text(mid: "b"), text(by: Samples.agent, mid: "a")])
        #expect(plan.outcomes == [.appended(5, at: now), .appended(6, at: now), .appended(7, at: now)])
        #expect(plan.events.map(\.seq) == [5, 6, 7])
        #expect(plan.events.map(\.author) == [Samples.visitor, Samples.visitor, Samples.agent])
        #expect(plan.room.head == 7)
    }

    @Test func eventsCarryWhatTheDraftSaid() {
        let draft = text("أهلا", mid: "k-1")
        let event = plan([draft]).events[0]
        #expect(
            event
                == RoomEvent(
                    room: Samples.room, seq: 5, at: now, author: Samples.visitor, mid: "k-1", content: draft.content,
                    anchor: nil))
    }

    // MARK: Codes

    @Test func anEditOfCodesHoldsThemAsWell() throws {
        let marks = [CodeText.Mark(.sample(1), product: "بطاقة")]
        let codes = MessageBody.codes(try CodeText("X-1", marks: marks))
        let target = AppendPlan.Target(author: Samples.agent, body: codes, isDeleted: false)
        let draft = Draft(author: Samples.agent, mid: "e", content: .edit(target: 3, body: .text("X-1 جديد")))
        let held = AppendPlan.Past(targets: [3: target])
        let edited = plan([draft], past: held)
        let content = EventContent.edit(target: 3, body: .codes(try CodeText("X-1 جديد", marks: marks)))
        #expect(edited.events.map(\.content) == [content])
        // Sent again, it is the same edit.
        var past = held
        past.byMID[.init(author: Samples.agent, mid: "e")] = edited.events[0]
        #expect(plan([draft], past: past).outcomes == [.duplicate(5, at: now)])
        // Of another message it is a text.
        #expect(plan([draft], past: self.past(by: Samples.agent)).events.map(\.content) == [draft.content])
    }

    @Test func listsTellOfCodesOnlyWhichProduct() throws {
        let marks = [CodeText.Mark(.sample(1), product: "بطاقة"), CodeText.Mark(.sample(2), product: "بطاقة")]
        let codes = try CodeText("تفضل\nSECRET-1\nSECRET-2", marks: marks)
        let sent = plan([Draft(author: Samples.agent, mid: "c", content: .message(.codes(codes), replyTo: nil))])
        #expect(sent.room.last?.excerpt == "2 × بطاقة")
        #expect(sent.events[0].content.searchText == nil)
    }

    @Test func nothingComesOfNothing() {
        let plan = plan([])
        #expect(plan.outcomes.isEmpty && plan.events.isEmpty)
        #expect(plan.room == Samples.room(.conversation, head: 4))
    }

    @Test func anchorIsPutOnEveryEventOfASideRoom() {
        let room = Samples.room(.side, id: Samples.side, head: 1)
        let plan = plan([text(mid: "a"), text(mid: "b")], in: room, past: .init(anchor: 40))
        #expect(plan.events.map(\.anchor) == [40, 40])
    }

    @Test func rejectedDraftLeavesNoGap() {
        let broken = Draft(author: Samples.visitor, mid: "b", content: .deletion(target: 99))
        let plan = plan([text(mid: "a"), broken, text(mid: "c")])
        #expect(plan.outcomes[0] == .appended(5, at: now))
        #expect(plan.outcomes[1] == .rejected(.notFound("target 99 is no message of this room, or was deleted")))
        #expect(plan.outcomes[2] == .appended(6, at: now))
        #expect(plan.room.head == 6)
    }

    // MARK: Repetition

    @Test func retryAnswersTheOriginal() {
        let earlier = Samples.event(2, by: Samples.visitor, mid: "a")
        let key = AppendPlan.AuthoredMID(author: Samples.visitor, mid: "a")
        let plan = plan([text(mid: "a")], past: .init(byMID: [key: earlier]))
        #expect(plan.outcomes == [.duplicate(2, at: earlier.at)])
        #expect(plan.events.isEmpty)
        #expect(plan.room == Samples.room(.conversation, head: 4))
    }

    @Test func retryOfAnEditIsNotAskedForItsTargetAgain() {
        let content = EventContent.edit(target: 1, body: .text("x"))
        let key = AppendPlan.AuthoredMID(author: Samples.visitor, mid: "a")
        let earlier = Samples.event(2, content, mid: "a")
        let draft = Draft(author: Samples.visitor, mid: "a", content: content)
        #expect(plan([draft], past: .init(byMID: [key: earlier])).outcomes == [.duplicate(2, at: earlier.at)])
    }

    @Test func sameNameForAnotherWriteIsAConflict() {
        let key = AppendPlan.AuthoredMID(author: Samples.visitor, mid: "a")
        let past = AppendPlan.Past(byMID: [key: Samples.event(2, by: Samples.visitor, mid: "a")])
        let conflict = HubError(.midConflict, "mid a was used for another write in this room")
        #expect(plan([text("other", mid: "a")], past: past).outcomes == [.rejected(conflict)])
        let deletion = Draft(author: Samples.visitor, mid: "a", content: .deletion(target: 2))
        #expect(plan([deletion], past: past).outcomes == [.rejected(conflict)])
    }

    @Test func sameNameTwiceInOneBatchIsAppendedOnce() {
        let plan = plan([text(mid: "a"), text(mid: "a"), text("other", mid: "a"), text(mid: "b")])
        #expect(
            plan.outcomes == [
                .appended(5, at: now), .duplicate(5, at: now),
                .rejected(HubError(.midConflict, "mid a was used for another write in this room")),
                .appended(6, at: now),
            ])
        #expect(plan.events.map(\.mid) == ["a", "b"])
    }

    @Test func namesBelongToTheirAuthor() {
        let same = Participant(kind: .contact, id: Samples.visitor.id, name: "x")
        let renamed = Participant(kind: .visitor, id: Samples.visitor.id, name: "x")
        let plan = plan([
            text(mid: "a"), text(by: Samples.agent, mid: "a"), text(by: same, mid: "a"), text(by: renamed, mid: "a"),
        ])
        #expect(
            plan.outcomes == [
                .appended(5, at: now), .appended(6, at: now), .appended(7, at: now), .duplicate(5, at: now),
            ])
    }

    @Test func nameOfARejectedDraftStaysFree() {
        let broken = text(mid: "a", replyTo: 99)
        let plan = plan([broken, text(mid: "a")])
        #expect(
            plan.outcomes == [.rejected(.notFound("reply_to 99 is no message of this room")), .appended(5, at: now)])
    }

    // MARK: Targets

    @Test(arguments: [
        EventContent.edit(target: 3, body: .text("x")), .deletion(target: 3),
        .reaction(target: 3, emoji: "👍", on: true),
        .reaction(target: 3, emoji: "👍", on: false),
    ])
    func changeNeedsALivingMessage(content: EventContent) {
        let draft = Draft(author: Samples.visitor, mid: "a", content: content, isModerator: true)
        let missing = AppendPlan.Outcome.rejected(
            .notFound("target 3 is no message of this room, or was deleted"))
        #expect(plan([draft]).outcomes == [missing])
        #expect(plan([draft], past: past(by: Samples.visitor, isDeleted: true)).outcomes == [missing])
        #expect(plan([draft], past: past(by: Samples.visitor)).outcomes == [.appended(5, at: now)])
    }

    @Test func onlyTheAuthorEdits() {
        let edit = Draft(
            author: Samples.agent, mid: "a", content: .edit(target: 3, body: .text("x")), isModerator: true)
        #expect(
            plan([edit], past: past(by: Samples.visitor)).outcomes
                == [.rejected(.forbidden("only its author may edit a message"))])
        #expect(plan([edit], past: past(by: Samples.agent)).outcomes == [.appended(5, at: now)])
    }

    @Test(arguments: [
        MessageBody.template(name: "otp", language: "ar", params: .object([:])),
        .card(MessageCard(kind: .location, text: "الرياض")),
    ])
    func onlyTextIsEdited(body: MessageBody) {
        let edit = Draft(author: Samples.agent, mid: "a", content: .edit(target: 3, body: .text("x")))
        #expect(
            plan([edit], past: past(by: Samples.agent, body: body)).outcomes
                == [.rejected(.badRequest("only text messages can be edited"))])
    }

    @Test func authorsAndModeratorsDelete() {
        let refused = AppendPlan.Outcome.rejected(
            .forbidden("only its author, a supervisor or an admin may delete a message"))
        let deletion = Draft(author: Samples.agent, mid: "a", content: .deletion(target: 3))
        #expect(plan([deletion], past: past(by: Samples.colleague)).outcomes == [refused])
        #expect(plan([deletion], past: past(by: Samples.agent)).outcomes == [.appended(5, at: now)])
        let moderated = Draft(author: Samples.agent, mid: "a", content: .deletion(target: 3), isModerator: true)
        #expect(plan([moderated], past: past(by: Samples.colleague)).outcomes == [.appended(5, at: now)])
    }

    @Test func anybodyReacts() {
        let reaction = Draft(author: Samples.colleague, mid: "a", content: .reaction(target: 3, emoji: "x", on: true))
        #expect(plan([reaction], past: past(by: Samples.visitor)).outcomes == [.appended(5, at: now)])
    }

    @Test func replyNeedsAMessageAndMayNameADeletedOne() {
        #expect(
            plan([text(mid: "a", replyTo: 3)]).outcomes
                == [.rejected(.notFound("reply_to 3 is no message of this room"))])
        let deleted = past(by: Samples.agent, isDeleted: true)
        #expect(plan([text(mid: "a", replyTo: 3)], past: deleted).outcomes == [.appended(5, at: now)])
    }

    @Test func draftMayReferToOneBeforeItInTheBatch() {
        let plan = plan([
            text(mid: "a"),
            text(by: Samples.agent, mid: "b", replyTo: 5),
            Draft(author: Samples.visitor, mid: "c", content: .edit(target: 5, body: .text("x"))),
            Draft(author: Samples.visitor, mid: "d", content: .deletion(target: 5)),
            Draft(author: Samples.visitor, mid: "e", content: .edit(target: 5, body: .text("y"))),
        ])
        #expect(Array(plan.outcomes.prefix(4)) == [5, 6, 7, 8].map { .appended($0, at: now) })
        #expect(plan.outcomes[4] == .rejected(.notFound("target 5 is no message of this room, or was deleted")))
    }

    // MARK: Rooms

    @Test(arguments: RoomKind.allCases)
    func eachKindOfRoomTakesWhatFits(kind: RoomKind) {
        func outcome(_ content: EventContent) -> AppendPlan.Outcome {
            plan([Draft(author: Samples.agent, mid: "a", content: content)], in: Samples.room(kind)).outcomes[0]
        }
        let done = AppendPlan.Outcome.appended(1, at: now)
        let noConversation = AppendPlan.Outcome.rejected(.badRequest("this room is no conversation"))
        let noMembers = AppendPlan.Outcome.rejected(.badRequest("this room has no members to change"))
        #expect(outcome(.message(.text("a"), replyTo: nil)) == done)
        #expect(outcome(.assignment(to: nil, epoch: 0)) == (kind == .conversation ? done : noConversation))
        #expect(outcome(.state(.pending, until: nil)) == (kind == .conversation ? done : noConversation))
        #expect(outcome(.membership(.added, who: Samples.colleague)) == (kind.isInternal ? done : noMembers))
    }

    // MARK: Status

    private func status(_ state: MessageStatus, of target: SequenceNumber = 3, problem: String? = nil) -> Draft {
        Draft(
            author: .hub, mid: .reached(state, target), content: .status(target: target, state, problem: problem))
    }

    @Test func statusesOnlyRise() {
        var past = past(by: Samples.agent)
        past.targets[3]?.status = .sent
        let states: [MessageStatus] = [.sent, .queued, .delivered, .failed, .read, .delivered]
        let plan = plan(states.map { status($0) }, past: past)
        let appended = zip(states, plan.outcomes).compactMap { state, outcome in
            if case .appended = outcome { state } else { nil }
        }
        #expect(appended == [.delivered, .read])
        #expect(plan.outcomes[0] == .rejected(.conflict("message 3 is sent already")))
    }

    @Test func aFailureOfOneDeviceIsNoneOfTheOther() {
        let plan = plan(
            [status(.sent), status(.failed, problem: "131026"), status(.delivered)], past: past(by: Samples.agent))
        #expect(plan.events.map(\.content.kind) == [.status, .status, .status])
    }

    @Test func aStatusOfNothingIsRefused() {
        #expect(plan([status(.read, of: 9)]).outcomes.map(\.isAppended) == [false])
    }

    @Test func contactsEditCaptions() {
        let contact = Participant(kind: .contact, id: "w", name: "ليلى")
        let card = MessageBody.card(MessageCard(kind: .media, text: "جديد"))
        let draft = Draft(author: contact, mid: "e", content: .edit(target: 3, body: card))
        #expect(plan([draft], past: past(by: contact, body: card)).outcomes.map(\.isAppended) == [true])
    }
}

extension AppendPlan.Outcome {
    fileprivate var isAppended: Bool {
        if case .appended = self { true } else { false }
    }
}
