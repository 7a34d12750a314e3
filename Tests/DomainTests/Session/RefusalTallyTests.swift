import Domain
import HubTestKit
import Testing

@Suite struct RefusalTallyTests {
    private static let address = NetworkAddress("192.0.2.1")

    @Test func aFloodIsToldByItsPowersOfTwo() {
        var tally = RefusalTally()
        let told = (0..<1000).compactMap { _ in tally.refused(.sample(1), from: Self.address, at: Samples.start) }
        #expect(told == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
        #expect(tally.refused(.sample(2), from: Self.address, at: Samples.start) == 1)
        #expect(tally.refused(nil, from: Self.address, at: Samples.start) == 1)
    }

    @Test func aNewWindowCountsAnew() {
        var tally = RefusalTally(window: .seconds(60))
        for _ in 0..<3 { _ = tally.refused(nil, from: nil, at: Samples.start) }
        #expect(tally.refused(nil, from: nil, at: Samples.start + .seconds(59)) == 4)
        #expect(tally.refused(nil, from: nil, at: Samples.start + .seconds(60)) == 1)
        // A clock that was set back begins anew, too.
        #expect(tally.refused(nil, from: nil, at: Samples.start) == 1)
    }

    @Test func manyAccountsAreCountedTogether() {
        var tally = RefusalTally(maxKeys: 4)
        let told = (0..<1000).compactMap { tally.refused(.sample($0), from: Self.address, at: Samples.start) }
        #expect(told == [1, 1, 1, 1] + [1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
    }
}
