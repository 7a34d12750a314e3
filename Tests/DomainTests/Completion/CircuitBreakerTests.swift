import Testing

@testable import Domain

@Suite struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    /// Whether it lets requests through that are made at these seconds.
    private func admits(_ breaker: inout CircuitBreaker, at seconds: Int...) -> [Bool] {
        seconds.map { breaker.admits(at: start + .seconds($0)) }
    }

    @Test func failuresInARowOpenIt() {
        var breaker = CircuitBreaker(maxFailures: 3, pause: .seconds(30))
        for _ in 0..<2 {
            breaker.failed(at: start)
            breaker.failed(at: start)
            #expect(admits(&breaker, at: 0) == [true])
            breaker.succeeded()
        }
        for _ in 0..<3 { breaker.failed(at: start) }
        #expect(!breaker.isClosed)
        #expect(admits(&breaker, at: 0, 29) == [false, false])
    }

    @Test func oneRequestTriesWhetherItWorks() {
        var breaker = CircuitBreaker(maxFailures: 1, pause: .seconds(30))
        breaker.failed(at: start)
        #expect(admits(&breaker, at: 30, 30) == [true, false])
        breaker.failed(at: start + .seconds(30))
        #expect(admits(&breaker, at: 59, 60) == [false, true])
        breaker.succeeded()
        #expect(breaker.isClosed)
    }

    @Test func aTryThatSaysNothingIsFollowedByAnother() {
        var breaker = CircuitBreaker(maxFailures: 1, pause: .seconds(30))
        breaker.failed(at: start)
        #expect(admits(&breaker, at: 30) == [true])
        breaker.gaveUp(at: start + .seconds(30))
        // At once, and when nothing was heard of that one.
        #expect(admits(&breaker, at: 30, 31, 60) == [true, false, true])
    }

    @Test func whatBeganBeforeItOpenedChangesNothing() {
        var breaker = CircuitBreaker(maxFailures: 1, pause: .seconds(30))
        breaker.failed(at: start)
        breaker.failed(at: start + .seconds(20))
        #expect(admits(&breaker, at: 30) == [true])
    }
}
