import Domain
import Testing

@Suite struct KeyedBucketsTests {
    private let start = Timestamp(milliseconds: 5_000_000)

    @Test func keysAreCountedApart() {
        var buckets = KeyedBuckets<String>(capacity: 1, refillPerSecond: 1, maxKeys: 8)
        #expect(buckets.take(for: "a", at: start) == nil)
        #expect(buckets.take(for: "a", at: start) == .seconds(1))
        #expect(buckets.take(for: "b", at: start) == nil)
        buckets.giveBack(to: "a")
        #expect(buckets.take(for: "a", at: start) == nil)
    }

    @Test func memoryIsBounded() {
        var buckets = KeyedBuckets<Int>(capacity: 2, refillPerSecond: 0.001, maxKeys: 100)
        for key in 0..<10_000 {
            #expect(buckets.take(for: key, at: start + .milliseconds(key)) == nil)
            #expect(buckets.count <= 100)
        }
    }

    @Test func whoIsRefusedStaysRefusedInAFlood() {
        var buckets = KeyedBuckets<Int>(capacity: 3, refillPerSecond: 0.001, maxKeys: 100)
        for _ in 0..<3 { #expect(buckets.take(for: -1, at: start) == nil) }
        for key in 0..<10_000 { _ = buckets.take(for: key, at: start) }
        #expect(buckets.take(for: -1, at: start) != nil)
    }

    @Test func fullBucketsGoFirst() {
        var buckets = KeyedBuckets<Int>(capacity: 1, refillPerSecond: 1, maxKeys: 10)
        for key in 0..<10 { _ = buckets.take(for: key, at: start) }
        _ = buckets.take(for: 10, at: start + .seconds(60))
        #expect(buckets.count == 1)
    }
}
