import Testing

@testable import Domain

@Suite struct DealTests {
    private static let at = Timestamp(milliseconds: 1)
    private static let later = Timestamp(milliseconds: 2)

    private static func deal(_ state: Deal.State) -> Deal {
        var deal = Deal(
            id: .make(at: at), contact: .make(at: at), pipeline: .make(at: at), stage: .make(at: at), at: at)
        deal.state = state
        if state == .lost { deal.lostReason = "السعر" }
        if state != .open { deal.closedAt = at }
        return deal
    }

    @Test func everyStepIsInTheTable() {
        let steps: [Deal.State: Set<Deal.State>] = [
            .open: [.open, .won, .lost], .won: [.won, .open], .lost: [.lost, .open],
        ]
        for from in Deal.State.allCases {
            for to in Deal.State.allCases {
                let old = Self.deal(from)
                var new = old
                new.state = to
                new.lostReason = to == .lost ? "السعر" : new.lostReason
                let isAllowed = steps[from, default: []].contains(to)
                var refusal: HubError?
                do throws(HubError) { try new.follow(old, at: Self.later) } catch { refusal = error }
                #expect(refusal?.code == (isAllowed ? nil : .conflict), "\(from) → \(to)")
                guard isAllowed else { continue }
                #expect((new.closedAt != nil) == (to != .open), "\(from) → \(to)")
                #expect((new.lostReason != nil) == (to == .lost), "\(from) → \(to)")
                if from == .open, to != .open { #expect(new.closedAt == Self.later) }
            }
        }
    }

    @Test func losingNeedsAReason() {
        let old = Self.deal(.open)
        for reason in [nil, "", "  "] {
            var new = old
            new.state = .lost
            new.lostReason = reason
            #expect(throws: HubError.self) { try new.follow(old, at: Self.later) }
        }
    }

    @Test(arguments: [Deal.State.won, .lost])
    func whatIsClosedStaysInItsStage(state: Deal.State) {
        let old = Self.deal(state)
        var moved = old
        moved.stage = .make(at: Self.later)
        #expect(throws: HubError.self) { try moved.follow(old, at: Self.later) }
        moved.state = .open
        #expect(throws: Never.self) { try moved.follow(old, at: Self.later) }
    }

    @Test func onlyAMoveIsHistory() {
        let old = Self.deal(.open)
        var new = old
        new.amount = 5
        #expect(DealMove(from: old, to: new, byName: "سارة", at: Self.later) == nil)
        #expect(DealMove(from: nil, to: new, byName: "سارة", at: Self.later)?.from == nil)
        new.stage = .make(at: Self.later)
        let move = DealMove(from: old, to: new, byName: "سارة", at: Self.later)
        #expect(move?.from?.stage == old.stage && move?.to.stage == new.stage)
    }
}
