import Domain
import HubTestKit
import Testing

@Suite struct ConversationClocksTests {
    private static let level = ServiceLevel(
        firstResponse: .seconds(100), nextResponse: .seconds(50), resolution: .seconds(1000))

    /// Clocks with a driver's memory of what was told.
    private struct Desk {
        let hours: BusinessHours
        var clocks = ConversationClocks(ConversationClocksTests.level)
        var told: [ServiceClock.Effect] = []

        init() throws { hours = try Hours.always() }

        mutating func hear(_ inputs: ClockInput..., at seconds: Int) {
            for input in inputs { told += clocks.handle(input, at: at(seconds), hours) }
        }

        func at(_ seconds: Int) -> Timestamp { Samples.start + .seconds(seconds) }

        var deadline: Int? {
            clocks.nextDeadline(hours).map { Int(($0 - Samples.start).components.seconds) }
        }
    }

    @Test func anAnswerInTimeIsSilent() throws {
        var desk = try Desk()
        desk.hear(.beganCase, .moved(to: .queued), .customerWrote, at: 0)
        #expect(desk.deadline == 80)
        desk.hear(.moved(to: .open), at: 30)
        #expect(desk.deadline == 80)
        desk.hear(.agentAnswered, .moved(to: .waiting), at: 70)
        #expect(desk.deadline == nil)
        desk.hear(.moved(to: .open), .customerWrote, at: 500)
        #expect(desk.deadline == 540)
        desk.hear(.customerWrote, at: 530)
        #expect(desk.deadline == 540)
        desk.hear(.agentAnswered, .moved(to: .waiting), at: 539)
        desk.hear(.moved(to: .resolved), at: 600)
        #expect(desk.told == [] && desk.deadline == nil)
    }

    @Test func firstResponseIsBreachedOnce() throws {
        var desk = try Desk()
        desk.hear(.beganCase, .moved(to: .queued), .customerWrote, at: 0)
        desk.hear(.timePassed, at: 200)
        desk.hear(.customerWrote, at: 300)
        desk.hear(.agentAnswered, .moved(to: .waiting), at: 400)
        #expect(desk.told == [.warned(.firstResponse, at: desk.at(80)), .breached(.firstResponse, at: desk.at(100))])
        #expect(desk.clocks.all.map(\.state) == [.ended, .idle, .paused])
    }

    @Test func theAssistantHoldsTheClocksOfAnswersOnly() throws {
        var desk = try Desk()
        desk.hear(.beganCase, .moved(to: .bot), .customerWrote, at: 0)
        #expect(desk.deadline == 800)
        desk.hear(.moved(to: .queued), at: 300)
        #expect(desk.deadline == 380)
    }

    @Test func snoozingAndTheCustomersTurnStopTheResolution() throws {
        var desk = try Desk()
        desk.hear(.beganCase, .moved(to: .queued), .customerWrote, .moved(to: .open), at: 0)
        desk.hear(.agentAnswered, .moved(to: .waiting), at: 10)
        desk.hear(.moved(to: .snoozed), at: 500)
        desk.hear(.moved(to: .open), .customerWrote, at: 5000)
        desk.hear(.agentAnswered, at: 5010)
        // 10 s before it waited, and what comes after 5,000.
        #expect(desk.deadline == 5790)
    }

    @Test func aReopenedCaseGoesOnAndANewOneBeginsAnew() throws {
        var desk = try Desk()
        desk.hear(.beganCase, .moved(to: .queued), .customerWrote, at: 0)
        desk.hear(.moved(to: .resolved), at: 60)
        #expect(desk.deadline == nil)
        // Resolved without an answer: what follows is a next response.
        desk.hear(.moved(to: .open), .customerWrote, at: 1000)
        #expect(desk.deadline == 1040)
        desk.hear(.agentAnswered, at: 1001)
        #expect(desk.deadline == 1740)
        desk.hear(.moved(to: .resolved), at: 1100)
        desk.hear(.beganCase, .moved(to: .queued), .customerWrote, at: 9000)
        #expect(desk.deadline == 9080)
        #expect(desk.told == [])
    }

    @Test func whatIsNotPromisedHasNoClock() throws {
        let hours = try Hours.always()
        let level = ServiceLevel(firstResponse: nil, nextResponse: nil, resolution: nil)
        var clocks = ConversationClocks(level)
        #expect(clocks.handle(.beganCase, at: Samples.start, hours) == [])
        #expect(clocks.handle(.customerWrote, at: Samples.start, hours) == [])
        #expect(clocks.all == [] && clocks.nextDeadline(hours) == nil)
    }

    /// What was stored and loaded goes on as if it had stayed.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func storedClocksGoOn(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let hours = try Hours.make(Hours.week("09:00-17:00"))
        var kept = ConversationClocks(Self.level)
        var stored = kept
        var now = Samples.start
        var (warnings, breaches) = (0, 0)
        for _ in 0..<200 {
            now = now + .seconds(Int.random(in: 0...4000, using: &random))
            let input = random.pick(
                LifePhase.Name.allCases.map(ClockInput.moved) + [
                    .beganCase, .customerWrote, .agentAnswered, .timePassed,
                ])
            let told = kept.handle(input, at: now, hours)
            #expect(stored.handle(input, at: now, hours) == told)
            stored = ConversationClocks(stored.all, phase: stored.phase, isPastFirst: stored.isPastFirst)
            #expect(stored == kept)
            #expect(kept.nextDeadline(hours).map { $0 > now } ?? true)
            for effect in told {
                switch effect {
                case .warned(_, let moment):
                    warnings += 1
                    #expect(moment <= now && hours.isOpen(at: moment - .milliseconds(1)))
                case .breached(_, let moment):
                    breaches += 1
                    #expect(moment <= now && hours.isOpen(at: moment - .milliseconds(1)))
                }
            }
        }
        #expect(warnings >= breaches && warnings > 0)
    }
}
