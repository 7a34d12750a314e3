import Domain
import HubTestKit
import Testing

@Suite struct OwnershipTests {
    private static let omar = Owner.agent(.sample(1))
    private static let hind = Owner.agent(.sample(2))

    @Test(arguments: [
        (Ownership(), omar, 0 as Int64?, Ownership.Outcome.changed(Ownership(omar, epoch: 1))),
        (Ownership(omar, epoch: 4), hind, 4, .changed(Ownership(hind, epoch: 5))),
        (Ownership(omar, epoch: 4), .nobody, 4, .changed(Ownership(.nobody, epoch: 5))),
        (Ownership(.assistant, epoch: 4), omar, 4, .changed(Ownership(omar, epoch: 5))),
        (Ownership(omar, epoch: 4), hind, 3, .conflict(Ownership(omar, epoch: 4))),
        (Ownership(omar, epoch: 4), hind, 5, .conflict(Ownership(omar, epoch: 4))),
        (Ownership(omar, epoch: 4), hind, nil, .changed(Ownership(hind, epoch: 5))),
        (Ownership(omar, epoch: 4), omar, 3, .unchanged(Ownership(omar, epoch: 4))),
        (Ownership(omar, epoch: 4), omar, nil, .unchanged(Ownership(omar, epoch: 4))),
    ])
    func compareAndSwap(_ before: Ownership, _ owner: Owner, _ expected: Int64?, _ outcome: Ownership.Outcome) {
        #expect(before.handing(to: owner, expecting: expected) == outcome)
    }

    @Test func todaysRowTellsTheOwner() {
        var conversation = Samples.conversation()
        #expect(Ownership(of: conversation) == Ownership())
        conversation.epoch = 3
        conversation.assignee = Assignee(.user(.sample(1)), name: "عمر")
        #expect(Ownership(of: conversation) == Ownership(Self.omar, epoch: 3))
        conversation.assignee = Assignee(.team(.sample(4)), name: "المبيعات")
        #expect(Ownership(of: conversation) == Ownership(.nobody, epoch: 3))
    }

    /// Many hands read and write in any order: exactly one of those who saw an epoch changes it.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func ofAllWhoSawOneEpochOneWins(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var row = Ownership()
        var seen = [Int64](repeating: 0, count: 5)
        var winners: [Int64: Int] = [:]
        for _ in 0..<500 {
            let hand = Int.random(in: 0..<5, using: &random)
            if random.chance(in: 2) {
                seen[hand] = row.epoch
                continue
            }
            let before = row
            switch row.handing(to: .agent(.sample(hand)), expecting: seen[hand]) {
            case .changed(let next):
                winners[seen[hand], default: 0] += 1
                #expect(next.epoch == before.epoch + 1 && seen[hand] == before.epoch)
                row = next
            case .unchanged(let now): #expect(now == before && now.owner == .agent(.sample(hand)))
            case .conflict(let now): #expect(now == before && seen[hand] != before.epoch)
            }
        }
        #expect(winners.values.allSatisfy { $0 == 1 })
        #expect(winners.count == row.epoch)
    }
}
