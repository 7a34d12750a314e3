/// Something that a contact wants to reach: a value of a unit, by a day.
package struct ProgressGoal: Versioned, Sendable, Equatable {
    /// `reached` stays for ever; the others can become each other, and `active` becomes `reached` by its target.
    package enum State: String, Sendable, CaseIterable {
        case active, reached, missed, cancelled
    }

    package let id: ProgressGoalID
    package var version: Int64
    package let contact: ContactID
    package var title: String
    package var details: String?
    /// What values are counted in; small enough for whole numbers.
    package var unit: String
    /// Where it began. A target below it is reached by going down.
    package var start: Int64
    package var target: Int64
    /// What the last check-in said.
    package private(set) var current: Int64
    /// How many check-ins there were.
    package private(set) var checkIns: Int64
    package var dueAt: Timestamp?
    package private(set) var state: State
    /// When the target was reached first.
    package private(set) var reachedAt: Timestamp?
    package var owner: UserID?
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    /// A goal without title and target, to be filled in.
    package init(id: ProgressGoalID, contact: ContactID, at moment: Timestamp) {
        self.id = id
        self.contact = contact
        version = 1
        title = ""
        unit = ""
        start = 0
        target = 0
        current = 0
        checkIns = 0
        state = .active
        createdAt = moment
        changedAt = moment
    }

    /// As it was stored.
    package init(
        _ goal: ProgressGoal,
        current: Int64,
        checkIns: Int64,
        state: State,
        reachedAt: Timestamp?
    ) {
        self = goal
        self.current = current
        self.checkIns = checkIns
        self.state = state
        self.reachedAt = reachedAt
    }

    package static let valueRange: ClosedRange<Int64> = -1_000_000_000_000...1_000_000_000_000

    package var isMet: Bool { target >= start ? current >= target : current <= target }

    /// How much of the way is done, from 0 to 100, rounded down.
    package var percent: Int64 {
        guard target != start else { return isMet ? 100 : 0 }
        return min(100, max(0, (current - start) * 100 / (target - start)))
    }

    /// What a search finds it by.
    package var searchText: String { [title, details, unit].compactMap(\.self).joined(separator: " ") }

    // MARK: Changes

    /// After members were set: begins at the start value, and is reached if it is met by then.
    ///
    /// Throws `invalid` for members that contradict each other.
    package mutating func settle(at moment: Timestamp) throws(HubError) {
        guard target != start else {
            throw .invalid([FieldProblem("/target", "conflict", "must differ from start_value")])
        }
        if checkIns == 0 { current = start }
        reachIfMet(at: moment)
    }

    /// Throws `conflict` for what cannot become of it.
    package mutating func become(_ new: State) throws(HubError) {
        switch (state, new) {
        case (.reached, .reached): break
        case (.active, .reached), (.missed, .reached), (.cancelled, .reached):
            throw .conflict("a goal is reached by a check-in, not by hand")
        case (.reached, .active), (.reached, .missed), (.reached, .cancelled):
            throw .conflict("this goal was reached, and that stays")
        case (.active, _), (.missed, _), (.cancelled, _): state = new
        }
    }

    /// Whether its day has passed without its target.
    package func isOverdue(at moment: Timestamp) -> Bool {
        guard state == .active, let dueAt else { return false }
        return dueAt <= moment
    }

    /// What somebody saw of it, as a step of its history.
    ///
    /// Throws `conflict` when it has ended without being reached, `invalid` for a value out of range.
    package mutating func checkIn(
        _ id: CheckInID,
        _ reading: CheckIn.Reading,
        note: String?,
        by author: String,
        at moment: Timestamp
    ) throws(HubError) -> CheckIn {
        switch state {
        case .active, .reached: break
        case .missed, .cancelled:
            throw .conflict("this goal is \(state.rawValue): make it active before you check in")
        }
        let value = reading.value(after: current)
        guard Self.valueRange.contains(value) else {
            throw .invalid([FieldProblem(reading.field, "conflict", "leads out of \(Self.valueRange)")])
        }
        let wasReached = reachedAt != nil
        let delta = value - current
        current = value
        checkIns += 1
        reachIfMet(at: moment)
        return CheckIn(
            id: id, goal: self.id, seq: checkIns, at: moment, author: author, value: value, delta: delta, note: note,
            isReaching: reachedAt != nil && !wasReached)
    }

    private mutating func reachIfMet(at moment: Timestamp) {
        guard state == .active, isMet else { return }
        state = .reached
        reachedAt = reachedAt ?? moment
    }
}
