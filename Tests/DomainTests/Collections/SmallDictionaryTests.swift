import Domain
import HubTestKit
import Testing

@Suite struct SmallDictionaryTests {
    /// Whatever is done to it, it holds what a plain dictionary would.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func behavesLikeADictionary(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var plain: [Int: [Int]] = [:]
        var small = SmallDictionary<Int, [Int]>()
        for step in 0..<500 {
            let key = Int.random(in: 0..<(seed % 2 == 0 ? 3 : 8), using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: #expect(small.updateValue([step], forKey: key) == plain.updateValue([step], forKey: key))
            case 1: #expect(small.removeValue(forKey: key) == plain.removeValue(forKey: key))
            case 2:
                small[key]?.append(step)
                plain[key]?.append(step)
            default:
                small[key] = nil
                plain[key] = nil
            }
            #expect(small[key] == plain[key])
            #expect(small.count == plain.count)
            #expect(small.isEmpty == plain.isEmpty)
            #expect(Dictionary(uniqueKeysWithValues: small.map { ($0.key, $0.value) }) == plain)
            #expect(small.values.map(\.count).sorted() == plain.values.map(\.count).sorted())
        }
    }

    @Test func changesAnEntryInPlace() {
        var small = SmallDictionary<Int, [Int]>()
        small[1] = Array(0..<100)
        let place = small[1]?.withUnsafeBufferPointer(\.baseAddress)
        small[1]?[0] = 7
        #expect(small[1]?.withUnsafeBufferPointer(\.baseAddress) == place)
    }
}
