/// That a deal came into a stage or a state: its history.
package struct DealMove: Sendable, Equatable {
    package struct Place: Sendable, Equatable {
        package let stage: StageID
        package let state: Deal.State

        package init(stage: StageID, state: Deal.State) {
            self.stage = stage
            self.state = state
        }
    }

    package let id: DealMoveID
    package let deal: DealID
    package let at: Timestamp
    package let byName: String
    /// Nil for the first.
    package let from: Place?
    package let to: Place

    package init(id: DealMoveID, deal: DealID, at moment: Timestamp, byName: String, from: Place?, to: Place) {
        self.id = id
        self.deal = deal
        at = moment
        self.byName = byName
        self.from = from
        self.to = to
    }

    /// Nil when the deal is where it was.
    package init?(from old: Deal?, to new: Deal, byName: String, at moment: Timestamp) {
        let (from, to) = (old?.place, new.place)
        guard from != to else { return nil }
        self.init(id: .make(at: moment), deal: new.id, at: moment, byName: byName, from: from, to: to)
    }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "at": .string(at.rfc3339),
            "by": .string(byName),
            "from_stage": .optional(from?.stage.text),
            "from_state": .optional(from?.state.rawValue),
            "to_stage": .string(to.stage.text),
            "to_state": .string(to.state.rawValue),
        ]
    }
}

extension Deal {
    fileprivate var place: DealMove.Place { DealMove.Place(stage: stage, state: state) }
}

package enum DealMoveSort: String, SortKey {
    case at

    package static let usual = ListOrder(DealMoveSort.at)
}
