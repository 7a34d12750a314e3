/// A step in the history of a goal. Never changed.
package struct CheckIn: Sendable, Equatable {
    /// What was read: where it stands, or how far it moved.
    package enum Reading: Sendable, Equatable {
        case value(Int64)
        case delta(Int64)

        /// Where it stands after this. Cannot overflow within `ProgressGoal.valueRange`.
        func value(after current: Int64) -> Int64 {
            switch self {
            case .value(let value): value
            case .delta(let delta): current + delta
            }
        }

        var field: String {
            switch self {
            case .value: "/value"
            case .delta: "/delta"
            }
        }
    }

    package let id: CheckInID
    package let goal: ProgressGoalID
    /// 1, 2, 3, … of its goal.
    package let seq: Int64
    package let at: Timestamp
    /// The name of who made it.
    package let author: String
    package let value: Int64
    package let delta: Int64
    package let note: String?
    /// Whether it reached the target for the first time.
    package let isReaching: Bool

    package init(
        id: CheckInID,
        goal: ProgressGoalID,
        seq: Int64,
        at moment: Timestamp,
        author: String,
        value: Int64,
        delta: Int64,
        note: String?,
        isReaching: Bool
    ) {
        self.id = id
        self.goal = goal
        self.seq = seq
        at = moment
        self.author = author
        self.value = value
        self.delta = delta
        self.note = note
        self.isReaching = isReaching
    }
}

extension CheckIn: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "check_in", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "goal": .string(goal.text),
            "seq": .integer(seq),
            "at": .string(at.rfc3339),
            "author": .string(author),
            "value": .integer(value),
            "delta": .integer(delta),
            "note": .optional(note),
            "reached": .bool(isReaching),
        ]
    }
}
