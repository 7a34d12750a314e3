import Domain
import HubTestKit
import Testing

/// Who may be mentioned where, as the transaction that appends decides it.
@Suite struct MentionRuleTests {
    private let hind = UserID.sample(2)
    private let omar = UserID.sample(3)

    private func plan(
        _ kind: RoomKind,
        _ users: [UserID],
        _ colleagues: [UserID: MentionRule.Colleague],
        author: Participant = Samples.agent
    ) throws -> AppendPlan {
        let body = try MentioningText.body(.text("@هند"), mentioning: users)
        return AppendPlan(
            drafts: [Draft(author: author, mid: "m", content: .message(body, replyTo: nil))],
            room: Samples.room(kind, head: 4), past: .init(colleagues: colleagues), now: Samples.start)
    }

    @Test(arguments: [RoomKind.side, .channel, .group, .direct])
    func theLogHasTheirNames(kind: RoomKind) throws {
        let plan = try plan(kind, [hind], [hind: .init(name: "هند", isMember: true)])
        let text = MentioningText("@هند", [.init(user: hind, name: "هند")])
        #expect(plan.events.map(\.content.mentioning) == [text])
        #expect(plan.outcomes == [.appended(5, at: Samples.start)])
    }

    @Test(arguments: [Samples.agent, Samples.visitor])
    func notWhereACustomerReads(author: Participant) throws {
        let plan = try plan(.conversation, [hind], [hind: .init(name: "هند", isMember: true)], author: author)
        #expect(plan.events.isEmpty)
        guard case .rejected(let error) = plan.outcomes[0] else {
            Issue.record("it was written")
            return
        }
        #expect(error.code == .badRequest)
    }

    @Test(arguments: [
        (RoomKind.channel, HubError.Code?.none), (.side, nil), (.group, .forbidden), (.direct, .forbidden),
    ])
    func onlyMembersOfAClosedRoom(kind: RoomKind, expected: HubError.Code?) throws {
        let known: [UserID: MentionRule.Colleague] = [
            hind: .init(name: "هند", isMember: true), omar: .init(name: "عمر", isMember: false),
        ]
        let plan = try plan(kind, [hind, omar], known)
        let code: HubError.Code? = if case .rejected(let error) = plan.outcomes[0] { error.code } else { nil }
        #expect(code == expected)
        #expect(plan.events.isEmpty == (expected != nil))
    }

    @Test func whoIsNoActiveMemberOfStaffIsABadRequest() throws {
        let plan = try plan(.channel, [hind, omar], [hind: .init(name: "هند", isMember: false)])
        #expect(
            plan.outcomes
                == [.rejected(.badRequest("body.mentions: \(omar) is no active member of staff"))])
    }

    @Test func aRetryIsOneAlsoWhenTheyLeftMeanwhile() throws {
        let first = try plan(.channel, [hind], [hind: .init(name: "هند", isMember: false)])
        let body = try MentioningText.body(.text("@هند"), mentioning: [hind])
        let draft = Draft(author: Samples.agent, mid: "m", content: .message(body, replyTo: nil))
        let past = AppendPlan.Past(byMID: [.init(author: Samples.agent, mid: "m"): first.events[0]])
        let again = AppendPlan(drafts: [draft], room: first.room, past: past, now: Samples.start)
        #expect(again.outcomes == [.duplicate(5, at: Samples.start)])
    }

    @Test func anEditMayMentionAnew() throws {
        let body = try MentioningText.body(.text("@هند"), mentioning: [hind])
        let target = AppendPlan.Target(author: Samples.agent, body: .text("نص"), isDeleted: false)
        let draft = Draft(author: Samples.agent, mid: "e", content: .edit(target: 3, body: body))
        let plan = AppendPlan(
            drafts: [draft], room: Samples.room(.side, head: 4),
            past: .init(targets: [3: target], colleagues: [hind: .init(name: "هند", isMember: false)]),
            now: Samples.start)
        #expect(plan.events[0].content.target == 3)
        #expect(plan.events[0].content.mentioning?.people == [.init(user: hind, name: "هند")])
    }
}
