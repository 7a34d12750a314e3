import Domain
import Testing

@Suite struct TokenBucketTests {
    private let start = Timestamp(milliseconds: 1_000_000)

    @Test func burstUpToTheCapacityPasses() {
        var bucket = TokenBucket(capacity: 3, refillPerSecond: 1, at: start)
        #expect(bucket.take(1, at: start) == nil)
        #expect(bucket.take(1, at: start) == nil)
        #expect(bucket.take(1, at: start) == nil)
        #expect(bucket.take(1, at: start) == .seconds(1))
    }

    @Test func refusalTakesNothing() {
        var bucket = TokenBucket(capacity: 5, refillPerSecond: 2, at: start)
        #expect(bucket.take(4, at: start) == nil)
        #expect(bucket.take(3, at: start) == .seconds(1))
        #expect(bucket.take(1, at: start) == nil)
    }

    @Test func waitingAsLongAsItSaysIsEnough() {
        for refill in [0.000_3, 0.01, 0.3, 1, 3, 7.7, 999, 1_000_000] {
            var now = start
            var bucket = TokenBucket(capacity: 4, refillPerSecond: refill, at: now)
            for cost in [4, 1, 3, 2.5, 4, 0.1, 1, 4] {
                if let wait = bucket.take(cost, at: now) {
                    #expect(wait > .zero)
                    now = now + wait
                    #expect(bucket.take(cost, at: now) == nil, "refill \(refill), cost \(cost)")
                }
            }
        }
    }

    @Test func neverHoldsMoreThanItsCapacity() {
        var bucket = TokenBucket(capacity: 2, refillPerSecond: 1000, at: start)
        let muchLater = Timestamp(milliseconds: Int64.max / 2)
        #expect(bucket.take(2, at: muchLater) == nil)
        #expect(bucket.take(1, at: muchLater) == .milliseconds(1))
    }

    @Test func clockRunningBackwardsRefillsNothingAndLocksNothing() {
        var bucket = TokenBucket(capacity: 1, refillPerSecond: 1, at: start)
        #expect(bucket.take(1, at: start) == nil)
        let earlier = start - .seconds(3600)
        #expect(bucket.take(1, at: earlier) == .seconds(1))
        #expect(bucket.take(1, at: earlier + .seconds(1)) == nil)
    }

    @Test func costAboveTheCapacityEmptiesTheBucket() {
        var bucket = TokenBucket(capacity: 2, refillPerSecond: 1, at: start)
        #expect(bucket.take(.greatestFiniteMagnitude, at: start) == nil)
        #expect(bucket.take(1, at: start) == .seconds(1))
        #expect(bucket.take(0, at: start) == nil)
        #expect(bucket.take(-5, at: start) == nil)
    }

    @Test func giveBackRefillsUpToTheCapacity() {
        var bucket = TokenBucket(capacity: 2, refillPerSecond: 1, at: start)
        #expect(bucket.take(1, at: start) == nil)
        bucket.giveBack(7)
        #expect(bucket.isFull(at: start) == true)
        #expect(bucket.take(2, at: start) == nil)
        #expect(bucket.isFull(at: start + .milliseconds(1999)) == false)
        #expect(bucket.isFull(at: start + .seconds(2)) == true)
    }

    @Test func absurdRatesAreBroughtIntoRange() {
        var slow = TokenBucket(capacity: 0, refillPerSecond: 0, at: start)
        #expect(slow.take(1, at: start) == nil)
        #expect(slow.take(1, at: start) == .seconds(1_000_000))
        var fast = TokenBucket(capacity: .infinity, refillPerSecond: .infinity, at: start)
        #expect(fast.take(.infinity, at: start) == nil)
        #expect(fast.take(1, at: start) == .milliseconds(1))
    }

    @Test func levelTellsHowFull() {
        var bucket = TokenBucket(capacity: 4, refillPerSecond: 1, at: start)
        #expect(bucket.level(at: start) == 1)
        _ = bucket.take(3, at: start)
        #expect(bucket.level(at: start + .seconds(1)) == 0.5)
    }

    @Test func throughputOverTimeIsTheRefill() {
        var bucket = TokenBucket(capacity: 10, refillPerSecond: 50, at: start)
        var passed = 0
        for millisecond in 0..<10_000 where bucket.take(1, at: start + .milliseconds(millisecond)) == nil {
            passed += 1
        }
        #expect((500...510).contains(passed))
    }
}
