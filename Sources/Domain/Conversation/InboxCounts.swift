/// How many conversations there are of each kind, as one member of staff sees them. Resolved ones are not counted.
package struct InboxCounts: Sendable, Equatable {
    /// One kind of them, as the store counts it.
    package struct Group: Sendable, Equatable {
        package let state: ConversationState
        package let isMine: Bool
        package let isUnassigned: Bool
        /// A promise of time was broken.
        package let isLate: Bool
        package let count: Int

        package init(state: ConversationState, isMine: Bool, isUnassigned: Bool, isLate: Bool, count: Int) {
            self.state = state
            self.isMine = isMine
            self.isUnassigned = isUnassigned
            self.isLate = isLate
            self.count = count
        }
    }

    package private(set) var all = 0
    package private(set) var mine = 0
    package private(set) var unassigned = 0
    package private(set) var late = 0
    package private(set) var states: [ConversationState: Int] = [:]
    package let labels: [LabelID: Int]

    package init(_ groups: [Group], labels: [LabelID: Int]) {
        self.labels = labels
        for group in groups where group.state != .resolved {
            all += group.count
            if group.isMine { mine += group.count }
            if group.isUnassigned { unassigned += group.count }
            if group.isLate { late += group.count }
            states[group.state, default: 0] += group.count
        }
    }
}
