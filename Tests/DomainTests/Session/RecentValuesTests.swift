import Domain
import HubTestKit
import Testing

@Suite struct RecentValuesTests {
    private let start = Timestamp(milliseconds: 1_000_000)

    @Test func tellsWhatWasPutUntilItIsTooOld() {
        var recent = RecentValues<String, Int>(capacity: 10, lifetime: .seconds(60))
        recent.put(1, for: "a", at: start)
        let found = [0, 59, 60].map { recent.value(for: "a", at: start + .seconds($0)) }
        #expect(found == [1, 1, nil])
        recent.put(2, for: "a", at: start + .seconds(61))
        let renewed = recent.value(for: "a", at: start + .seconds(62))
        #expect(renewed == 2)
    }

    @Test func neverKeepsMoreThanItsCapacityAndPrefersWhatIsAskedFor() {
        var recent = RecentValues<Int, Int>(capacity: 100, lifetime: .seconds(60))
        for number in 0..<1000 {
            recent.put(number, for: number, at: start)
            let favourite = recent.value(for: 0, at: start)
            #expect(favourite == 0)
            #expect(recent.count <= 100)
        }
        let newest = recent.value(for: 999, at: start)
        let oldest = recent.value(for: 1, at: start)
        #expect(newest == 999 && oldest == nil)
    }

    @Test func keepsNothingWithoutCapacity() {
        var recent = RecentValues<Int, Int>(capacity: 0, lifetime: .seconds(60))
        recent.put(1, for: 1, at: start)
        let found = recent.value(for: 1, at: start)
        #expect(found == nil)
    }
}
