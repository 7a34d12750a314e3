import Domain
import HubTestKit
import Testing

/// Clocks and routing count the same cases, because they ask one rule about the moments of one log.
@Suite struct ReopeningRuleTests {
    private static let rule = ReopeningRule(within: .seconds(100))

    @Test func itIsTheSameCaseUntilTheLastMoment() {
        let resolved = Samples.start
        #expect(Self.rule.goesOn(resolvedAt: resolved, writtenAt: resolved + .seconds(100)))
        #expect(!Self.rule.goesOn(resolvedAt: resolved, writtenAt: resolved + .milliseconds(100_001)))
    }

    @Test func oneSettingSaysHowLong() {
        let key = ShopSetting.routingReopensHours.key
        #expect(ReopeningRule(hours: nil) == ReopeningRule())
        #expect(LifeRules(settings: [key: 5]).reopening == ReopeningRule(within: .seconds(5 * 3600)))
        var state = ShopSettingState(.routingReopensHours)
        #expect(ShopProfile([state]).reopening == LifeRules(settings: [:]).reopening)
        state.chosen = 5
        #expect(ShopProfile([state]).reopening == LifeRules(settings: [key: 5]).reopening)
    }

    /// A conversation as its log, its case file and routing see it.
    private struct Day {
        var room = Samples.room(.conversation)
        var memory = RoutingMemory()
        var began: Set<SequenceNumber> = []
        private var file: CaseFile
        private let rules: CaseRules
        private var writes = 0

        init(_ hours: BusinessHours) {
            rules = CaseRules(hours: hours, reopening: ReopeningRuleTests.rule)
            file = CaseFile(room: Samples.room, level: rules.level)
        }

        mutating func write(_ content: EventContent, by author: Participant, at now: Timestamp) {
            writes += 1
            let draft = Draft(author: author, mid: "w\(writes)", content: content)
            let plan = AppendPlan(drafts: [draft], room: room, past: .init(), now: now)
            room = plan.room
            for event in plan.events {
                // As one who was away for long.
                _ = file.read(event, rules, now: now + .seconds(100_000))
                if let first = file.began { began.insert(first) }
            }
        }

        mutating func look(at now: Timestamp) throws {
            let conversation = try #require(room.conversation)
            memory =
                RoutingReview(
                    RoutingReview.Facts(room: room.id, conversation: conversation, answeredBy: nil), memory,
                    RoutingState(), RoutingRules(), LifeRules(reopening: ReopeningRuleTests.rule), at: now
                ).memory
        }
    }

    private static let message = EventContent.message(.text("…"), replyTo: nil)

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func everybodyCountsTheSameCases(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var day = Day(try Hours.always())
        var now = Samples.start
        for _ in 0..<300 {
            now = now + .seconds(random.pick([1, 60, 99, 101, 500]))
            let owner = random.pick([
                nil, Assignee(.user(.sample(1)), name: "عمر"), Assignee(.team(.sample(1)), name: "أ"),
            ])
            switch Int.random(in: 0..<7, using: &random) {
            case 0, 1: day.write(Self.message, by: Samples.visitor, at: now)
            case 2: day.write(Self.message, by: Samples.agent, at: now)
            case 3: day.write(.state(.resolved, until: nil), by: Samples.agent, at: now)
            case 4: day.write(.state(.open, until: nil), by: Samples.agent, at: now)
            case 5: day.write(.assignment(to: owner, epoch: 0), by: Samples.agent, at: now)
            default: day.write(.state(.pending, until: nil), by: Samples.agent, at: now)
            }
            // A turn that comes late decides by the moments of the log.
            try day.look(at: now + .seconds(3600))
            #expect(day.memory.caseNumber == Int64(day.began.count))
        }
        #expect(day.began.count > 1)
    }

    @Test func aTurnThatSeesResolvingAndWritingAtOnceCountsThem() throws {
        var day = Day(try Hours.always())
        day.write(Self.message, by: Samples.visitor, at: Samples.start)
        try day.look(at: Samples.start)
        day.write(.state(.resolved, until: nil), by: Samples.agent, at: Samples.start + .seconds(10))
        day.write(Self.message, by: Samples.visitor, at: Samples.start + .seconds(111))
        try day.look(at: Samples.start + .seconds(111))
        #expect(day.memory.caseNumber == 2 && day.began.count == 2)
        try day.look(at: Samples.start + .seconds(200))
        #expect(day.memory.caseNumber == 2, "a resolution counts once")
    }
}
