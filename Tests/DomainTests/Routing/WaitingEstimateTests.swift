import HubTestKit
import Testing

@testable import Domain

@Suite struct WaitingEstimateTests {
    private typealias Make = RoutingSamples

    private func estimate(_ position: Int, _ pace: [Int], at now: Int) -> WaitingEstimate {
        WaitingEstimate(position: position, pace: pace.map(Make.at), at: Make.at(now))
    }

    @Test func tooLittleToKnowIsUnknown() {
        #expect(estimate(1, [], at: 0) == .unknown)
        #expect(estimate(1, [0, 60, 120, 180], at: 240) == .unknown)
        #expect(estimate(1, [0, 60, 120, 180, 240], at: 300) != .unknown)
        #expect(estimate(0, [0, 60, 120, 180, 240], at: 300) == .unknown)
        // Moments of more than an hour ago say nothing of now.
        #expect(estimate(1, [0, 60, 120, 180, 240], at: 3601) == .unknown)
        // What is not yet cannot be known either.
        #expect(estimate(1, [0, 60, 120, 180, 240], at: 200) == .unknown)
    }

    @Test func aSteadyPace() {
        // One every two minutes, eleven moments: 5 steps take 10 minutes, give or take 2 × √(5 + 25 / 10) = 5.5.
        let pace = (0...10).map { $0 * 120 }
        #expect(estimate(5, pace, at: 1200) == .between(.seconds(4 * 60), .seconds(16 * 60)))
        #expect(estimate(1, pace, at: 1200) == .between(.seconds(0), .seconds(5 * 60)))
        #expect(estimate(1000, pace, at: 1200) == .unknown)
    }

    @Test func aQueueThatStandsStillPromisesLess() throws {
        let pace = (0...4).map { $0 * 60 }
        var last = Duration.zero
        for now in stride(from: 240, through: 3600, by: 60) {
            guard case .between(let low, let high) = estimate(2, pace, at: now) else {
                Issue.record("it was known a minute ago")
                return
            }
            #expect(low <= high && high >= last && high >= .seconds(60))
            last = high
        }
        #expect(last > .seconds(1800))
    }

    @Test func laterPlacesWaitLonger() {
        let pace = (0...15).map { $0 * 37 }
        var last = (Duration.zero, Duration.zero)
        for position in 1...80 {
            guard case .between(let low, let high) = estimate(position, pace, at: 600) else { continue }
            #expect(low >= last.0 && high >= last.1)
            last = (low, high)
        }
        #expect(last.1 > .seconds(1800))
    }

    @Test func oneStrokeIsOneMoment() {
        var pace: [Timestamp] = []
        for second in [0, 0, 0, 5, 5, 9] { pace = WaitingEstimate.noting(Make.at(second), in: pace) }
        #expect(pace == [0, 5, 9].map(Make.at))
        for second in 10..<100 { pace = WaitingEstimate.noting(Make.at(second), in: pace) }
        #expect(pace == (80..<100).map(Make.at))
    }

    /// Customers are given away at random at a certain pace: the interval holds what comes about two times of three.
    @Test func twoOfThreeWaitWithinTheInterval() {
        var random = SeededRandom(seed: 11)
        var (within, told) = (0, 0)
        for _ in 0..<1000 {
            let mean = Double.random(in: 60...240, using: &random)
            var moments = [Make.start]
            for _ in 0..<40 {
                let gap = Int64(mean * 1000 * exponential(&random))
                moments.append(moments[moments.count - 1] + .milliseconds(max(1, gap)))
            }
            let now = moments[20] + .milliseconds(1)
            let position = Int.random(in: 1...15, using: &random)
            guard
                case .between(let low, let high) = WaitingEstimate(
                    position: position, pace: Array(moments[...20]), at: now)
            else { continue }
            told += 1
            let wait = moments[20 + position] - now
            if wait >= low, wait <= high { within += 1 }
        }
        let share = Double(within) / Double(told)
        #expect(told > 700)
        #expect((0.6...0.85).contains(share), "\(share)")
    }

    /// With mean 1: the sum of many small chances, because the standard library has no logarithm.
    private func exponential(_ random: inout SeededRandom) -> Double {
        var steps = 1
        while !random.chance(in: 100) { steps += 1 }
        return Double(steps) / 100
    }
}
