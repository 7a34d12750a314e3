import HubTestKit
import Testing

@testable import Domain

@Suite struct AlertIncidentTests {
    private static let key = AlertKey(.integrationHealth, "sms")
    private static let start = Timestamp(milliseconds: 1_000_000)
    private var policy = AlertPolicy()

    private func at(_ seconds: Int64) -> Timestamp { Self.start + .seconds(seconds) }

    private func reading(_ level: AlertReading.Level, _ text: String = "x") -> AlertReading {
        AlertReading(level, StatusMessage(ar: text, en: text))
    }

    private func begin() throws -> AlertIncident {
        try #require(
            AlertIncident(Self.key, reading(.bad, "first"), id: .make(at: Self.start), at: Self.start, policy))
    }

    private func firing() throws -> AlertIncident {
        var incident = try begin()
        #expect(incident.take(reading(.bad, "later"), at: at(300), policy) == .changed)
        return incident
    }

    @Test func onlyABadReadingBeginsSomething() throws {
        for level in [AlertReading.Level.between, .good, .gone] {
            #expect(
                AlertIncident(Self.key, reading(level), id: .make(at: Self.start), at: Self.start, policy) == nil)
        }
        let incident = try begin()
        #expect(incident.state == .pending && incident.news == nil && incident.startedAt == Self.start)
    }

    @Test func itFiresWhenItWasBadForLongEnough() throws {
        var incident = try begin()
        #expect(incident.take(reading(.bad), at: at(299), policy) == .unchanged)
        #expect(incident.take(reading(.bad, "later"), at: at(300), policy) == .changed)
        #expect(incident.state == .firing && incident.firedAt == at(300) && incident.message.en == "later")
        #expect(incident.news == .fired)
    }

    @Test func withoutAHoldItFiresAtOnce() throws {
        var policy = policy
        policy.hold = .zero
        let incident = AlertIncident(Self.key, reading(.bad), id: .make(at: Self.start), at: Self.start, policy)
        #expect(incident?.state == .firing)
    }

    @Test(arguments: [AlertReading.Level.between, .good, .gone])
    func whatWasBadForAMomentIsNothing(_ level: AlertReading.Level) throws {
        var incident = try begin()
        #expect(incident.take(reading(level), at: at(10), policy) == .dismissed)
    }

    @Test func itIsOverWhenItWasGoodForLongEnough() throws {
        var incident = try firing()
        #expect(incident.take(reading(.good), at: at(400), policy) == .changed)
        #expect(incident.state == .firing && incident.calmSince == at(400))
        #expect(incident.take(reading(.good), at: at(699), policy) == .unchanged)
        #expect(incident.take(reading(.good), at: at(700), policy) == .changed)
        #expect(incident.state == .recovered && incident.recoveredAt == at(700))
        #expect(incident.message.en == "later", "what was wrong stays known")
        #expect(incident.take(reading(.bad), at: at(701), policy) == .unchanged)
    }

    @Test(arguments: [AlertReading.Level.between, .bad])
    func whatComesAndGoesIsOneIncident(_ level: AlertReading.Level) throws {
        var incident = try firing()
        incident.told(at: at(301))
        for round in 0..<20 as Range<Int64> {
            _ = incident.take(reading(.good), at: at(400 + round * 300), policy)
            #expect(incident.calmSince != nil)
            _ = incident.take(reading(level), at: at(650 + round * 300), policy)
            #expect(incident.state == .firing && incident.calmSince == nil && incident.news == nil)
        }
    }

    @Test func whatIsWatchedNoMoreIsOverAtOnce() throws {
        var incident = try firing()
        #expect(incident.take(.gone, at: at(310), policy) == .changed)
        #expect(incident.state == .recovered)
    }

    @Test(arguments: AlertRule.allCases)
    func onlyTheIncidentOfAHubThatIsGoneIsForsaken(_ rule: AlertRule) throws {
        var policy = policy
        policy.hold = .zero
        var incident = try #require(
            AlertIncident(
                AlertKey(rule, "shop:8080"), reading(.bad), id: .make(at: Self.start), at: Self.start, policy))
        #expect(!incident.isForsaken(at: at(3599), policy))
        #expect(incident.isForsaken(at: at(3600), policy) == (rule == .freeDisk || rule == .errorRate))
        #expect(incident.take(reading(.bad), at: at(899), policy) == .unchanged)
        #expect(incident.take(reading(.bad), at: at(900), policy) == .changed, "that it was seen is written down")
        #expect(incident.seenAt == at(900))
        #expect(!incident.isForsaken(at: at(4499), policy))
        _ = incident.take(.gone, at: at(901), policy)
        #expect(!incident.isForsaken(at: at(100_000), policy))
    }

    @Test func eachOfBothIsToldOnce() throws {
        var incident = try firing()
        #expect(incident.news == .fired)
        incident.told(at: at(301))
        #expect(incident.news == nil && incident.toldFiringAt == at(301))
        _ = incident.take(.gone, at: at(400), policy)
        #expect(incident.news == .recovered)
        incident.told(at: at(401))
        #expect(incident.news == nil && incident.toldRecoveryAt == at(401) && incident.toldFiringAt == at(301))
        let known = incident
        incident.told(at: at(500))
        #expect(incident == known)
    }

    @Test func whatIsOverBeforeItWasToldIsToldOnce() throws {
        var incident = try firing()
        _ = incident.take(.gone, at: at(400), policy)
        #expect(incident.news == .passed)
        incident.told(at: at(500))
        #expect(incident.news == nil)
    }

    /// Whatever is read: an incident never goes back, and is told at most twice.
    @Test(arguments: 0..<50 as Range<UInt64>)
    func whateverComesItIsToldAtMostTwice(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var (incident, told, moment) = (try begin(), 0, Self.start)
        for _ in 0..<300 {
            moment = moment + .seconds(Int64.random(in: 1...200, using: &random))
            let levels: [AlertReading.Level] = [.bad, .between, .good]
            let before = incident
            // Runs of the same, so that holds and calms end.
            let level = levels[Int((moment.milliseconds / 900_000) % 3)]
            guard incident.take(reading(level), at: moment, policy) != .dismissed else { break }
            switch (before.state, incident.state) {
            case (.pending, .recovered), (.firing, .pending), (.recovered, .pending), (.recovered, .firing):
                Issue.record("\(before.state) became \(incident.state)")
            default: break
            }
            if incident.news != nil, Bool.random(using: &random) {
                incident.told(at: moment)
                told += 1
            }
        }
        #expect(told <= 2)
    }
}
