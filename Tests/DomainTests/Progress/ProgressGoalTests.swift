import Domain
import Testing

@Suite struct ProgressGoalTests {
    private static let moment = Timestamp(milliseconds: 1_790_000_000_000)

    @Test func theTargetIsReachedOnce() throws {
        var goal = try Self.goal(target: 10)
        #expect(goal.state == .active && goal.percent == 0 && !goal.isMet)
        let first = try goal.step(.delta(4), at: Self.moment)
        #expect(first.seq == 1 && first.value == 4 && first.delta == 4 && !first.isReaching)
        #expect(goal.current == 4 && goal.percent == 40)
        let second = try goal.step(.value(12), at: Self.moment + .seconds(1))
        #expect(second.isReaching && second.delta == 8 && goal.state == .reached && goal.percent == 100)
        // It stays, whatever is seen later.
        let third = try goal.step(.value(3), at: Self.moment + .seconds(2))
        #expect(!third.isReaching && goal.state == .reached && goal.current == 3)
        let fourth = try goal.step(.value(10), at: Self.moment + .seconds(3))
        #expect(!fourth.isReaching && goal.reachedAt == Self.moment + .seconds(1) && goal.checkIns == 4)
    }

    @Test func aTargetBelowTheStartIsReachedByGoingDown() throws {
        var goal = try Self.goal(start: 90, target: 80)
        _ = try goal.step(.value(95))
        #expect(goal.percent == 0 && goal.state == .active)
        _ = try goal.step(.delta(-12))
        #expect(goal.current == 83 && goal.percent == 70)
        let last = try goal.step(.value(80))
        #expect(last.isReaching)
    }

    @Test(arguments: ProgressGoal.State.allCases, ProgressGoal.State.allCases)
    func statesBecomeWhatTheyMay(_ old: ProgressGoal.State, _ new: ProgressGoal.State) throws {
        var goal = ProgressGoal(
            try Self.goal(target: 10), current: 0, checkIns: 0, state: old,
            reachedAt: old == .reached ? Self.moment : nil)
        let isAllowed = old == new || (old != .reached && new != .reached)
        if isAllowed {
            try goal.become(new)
            #expect(goal.state == new)
        } else {
            #expect(throws: HubError.self) { try goal.become(new) }
            #expect(goal.state == old)
        }
    }

    @Test func whatEndedTakesNoCheckIns() throws {
        for state in [ProgressGoal.State.missed, .cancelled] {
            var goal = try Self.goal(target: 10)
            try goal.become(state)
            let before = goal
            #expect(throws: HubError.self) { try goal.step(.value(5)) }
            #expect(goal == before)
        }
    }

    @Test func aGoalCannotBeWhereItBegan() throws {
        #expect(throws: HubError.self) { try Self.goal(start: 5, target: 5) }
    }

    @Test func aValueOutOfRangeIsRefused() throws {
        var goal = try Self.goal(target: 10)
        _ = try goal.step(.value(ProgressGoal.valueRange.upperBound))
        let before = goal
        #expect(throws: HubError.self) { try goal.step(.delta(1)) }
        #expect(goal == before && goal.percent == 100)
    }

    @Test func theDayDecidesWhatIsOverdue() throws {
        var goal = try Self.goal(target: 10)
        #expect(!goal.isOverdue(at: Self.moment))
        goal.dueAt = Self.moment
        #expect(goal.isOverdue(at: Self.moment) && !goal.isOverdue(at: Self.moment - .milliseconds(1)))
        _ = try goal.step(.value(10))
        #expect(!goal.isOverdue(at: Self.moment))
    }

    private static func goal(start: Int64 = 0, target: Int64) throws -> ProgressGoal {
        var goal = ProgressGoal(id: .make(at: moment), contact: .make(at: moment), at: moment)
        goal.start = start
        goal.target = target
        try goal.settle(at: moment)
        return goal
    }
}

extension ProgressGoal {
    fileprivate mutating func step(
        _ reading: CheckIn.Reading,
        at moment: Timestamp = Timestamp(milliseconds: 1_790_000_000_000)
    ) throws -> CheckIn {
        try checkIn(.make(at: moment), reading, note: nil, by: "سارة", at: moment)
    }
}
