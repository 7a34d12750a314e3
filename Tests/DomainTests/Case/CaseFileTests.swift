import Domain
import HubTestKit
import Testing

@Suite struct CaseFileTests {
    private static let level = ServiceLevel(
        firstResponse: .seconds(100), nextResponse: .seconds(50), resolution: .seconds(1000))

    /// A file with its log; seconds count from the start.
    private struct Desk {
        var rules: CaseRules
        var file = CaseFile(room: Samples.room, level: CaseFileTests.level)
        var owed: [CaseDuty] = []
        private var head = SequenceNumber.zero

        init(_ hours: BusinessHours) {
            rules = CaseRules(hours: hours, level: CaseFileTests.level)
        }

        func at(_ seconds: Int) -> Timestamp { Samples.start + .seconds(seconds) }

        mutating func hear(_ content: EventContent, by author: Participant, at seconds: Int, readAt: Int? = nil) {
            head = head.next
            let event = RoomEvent(
                room: Samples.room, seq: head, at: at(seconds), author: author, mid: "k-\(head.value)",
                content: content, anchor: nil)
            owed += file.read(event, rules, now: at(readAt ?? seconds))
        }

        mutating func customer(at seconds: Int, readAt: Int? = nil) {
            hear(.message(.text("?"), replyTo: nil), by: Samples.visitor, at: seconds, readAt: readAt)
        }

        mutating func agent(at seconds: Int) {
            hear(.message(.text("!"), replyTo: nil), by: Samples.agent, at: seconds)
        }

        mutating func resolve(at seconds: Int) {
            hear(.state(.resolved, until: nil), by: Samples.agent, at: seconds)
        }

        mutating func hand(to assignee: Assignee?, at seconds: Int) {
            hear(.assignment(to: assignee, epoch: 0), by: .hub, at: seconds)
        }

        mutating func pass(to seconds: Int) { owed += file.settle(at: at(seconds), rules) }
    }

    @Test func aPromiseIsBreachedOnceAndByTheClockOfTheLog() throws {
        var desk = Desk(try Hours.always())
        desk.customer(at: 0)
        desk.pass(to: 500)
        desk.pass(to: 600)
        desk.agent(at: 700)
        #expect(
            desk.owed == [
                .clock(.firstResponse, .warned, due: desk.at(80), run: 1),
                .clock(.firstResponse, .breached, due: desk.at(100), run: 1),
            ])
        desk.customer(at: 800)
        desk.pass(to: 845)
        #expect(desk.owed.last == .clock(.nextResponse, .warned, due: desk.at(840), run: 3))
        #expect(Set(desk.owed.map(\.mid)).count == 3)
    }

    @Test func whoeverReadsLateOwesTheSame() throws {
        var early = Desk(try Hours.always())
        early.customer(at: 0)
        early.pass(to: 90)
        early.pass(to: 200)
        early.agent(at: 300)
        early.customer(at: 310)
        var late = Desk(try Hours.always())
        late.customer(at: 0, readAt: 9000)
        late.agent(at: 300)
        late.customer(at: 310, readAt: 9000)
        #expect(late.owed == early.owed && late.owed.count == 2)
        #expect(late.file == early.file)
    }

    @Test func eventsThatWereReadAreReadOnce() throws {
        var desk = Desk(try Hours.always())
        desk.customer(at: 0)
        let file = desk.file
        let again = RoomEvent(
            room: Samples.room, seq: 1, at: desk.at(50), author: Samples.visitor, mid: "k-1",
            content: .message(.text("?"), replyTo: nil), anchor: nil)
        #expect(desk.file.read(again, desk.rules, now: desk.at(60)) == [])
        #expect(desk.file == file)
    }

    @Test func theAwayMessageComesOnceForEachCase() throws {
        let closed = try Hours.make(Hours.week(""), zone: .utc)
        var desk = Desk(closed)
        desk.customer(at: 0)
        desk.customer(at: 10)
        desk.agent(at: 20)
        desk.customer(at: 30)
        #expect(desk.owed == [.away(began: 1)])
        desk.resolve(at: 40)
        #expect(desk.owed == [.away(began: 1), .survey(began: 1)])
        // Soon after, it is the same case; days later, it is a new one.
        desk.customer(at: 50)
        desk.agent(at: 55)
        desk.resolve(at: 60)
        #expect(desk.owed.count == 2)
        desk.customer(at: 60 + 4 * 86_400)
        #expect(desk.owed.last == .away(began: 9) && desk.owed.count == 3)
    }

    @Test func nobodyIsToldOfYesterday() throws {
        var desk = Desk(try Hours.make(Hours.week(""), zone: .utc))
        desk.customer(at: 0, readAt: 3600)
        #expect(desk.owed == [])
        desk.customer(at: 3700)
        #expect(desk.owed == [.away(began: 1)])
        var silent = Desk(try Hours.make(Hours.week(""), zone: .utc))
        silent.rules.tellsAway = false
        silent.customer(at: 0)
        #expect(silent.owed == [])
    }

    @Test func onlyWhoWasAnsweredIsAskedHowItWas() throws {
        var desk = Desk(try Hours.always())
        desk.customer(at: 0)
        desk.resolve(at: 10)
        #expect(desk.owed == [])
        var rude = Desk(try Hours.always())
        rude.rules.asksSatisfaction = false
        rude.customer(at: 0)
        rude.agent(at: 5)
        rude.resolve(at: 10)
        #expect(rude.owed == [])
    }

    @Test func aSnoozeHoldsTheClocksAndAnAnswerOfTheAssistantDoesNot() throws {
        var desk = Desk(try Hours.always())
        desk.customer(at: 0)
        desk.hear(.message(.text("…"), replyTo: nil), by: Samples.assistant, at: 5)
        desk.hear(.state(.snoozed, until: desk.at(500)), by: Samples.agent, at: 10)
        desk.pass(to: 400)
        #expect(desk.owed == [])
        desk.hear(.state(.open, until: nil), by: .hub, at: 500)
        desk.pass(to: 571)
        #expect(desk.owed == [.clock(.firstResponse, .warned, due: desk.at(570), run: 1)])
    }

    // MARK: The assistant

    /// Of a desk whose customer wrote at 0 and is the assistant's from 5 on.
    private static func withAssistant() throws -> Desk {
        var desk = Desk(try Hours.always())
        desk.customer(at: 0)
        desk.hand(to: .assistant, at: 5)
        return desk
    }

    @Test func theClocksOfAnswersStandStillWithTheAssistant() throws {
        var desk = try Self.withAssistant()
        desk.hear(.message(.text("!"), replyTo: nil), by: Samples.assistant, at: 6)
        desk.customer(at: 50)
        desk.pass(to: 500)
        #expect(desk.owed == [])
        // It gives the customer to people: what was spent before counts, and no more.
        desk.hand(to: nil, at: 500)
        desk.pass(to: 1000)
        #expect(
            desk.owed.prefix(2) == [
                .clock(.firstResponse, .warned, due: desk.at(575), run: 1),
                .clock(.firstResponse, .breached, due: desk.at(595), run: 1),
            ])
    }

    @Test func whoTakesAnAnsweredCustomerOwesNothingYet() throws {
        var desk = try Self.withAssistant()
        desk.hear(.message(.text("!"), replyTo: nil), by: Samples.assistant, at: 10)
        desk.hand(to: Assignee(.user(.sample(1)), name: "عمر"), at: 20)
        desk.pass(to: 400)
        #expect(desk.owed == [], "it is the customer's turn")
        desk.customer(at: 400)
        desk.pass(to: 496)
        #expect(
            desk.owed.map(\.mid) == [.following(1, "first-response-warned"), .following(1, "first-response-breached")])
        // One whom the assistant left without an answer is owed one at once.
        var other = try Self.withAssistant()
        other.hand(to: Assignee(.user(.sample(1)), name: "عمر"), at: 20)
        other.pass(to: 95)
        #expect(other.owed == [.clock(.firstResponse, .warned, due: other.at(95), run: 1)])
    }

    @Test func aHandoverWakesNothingThatWasPutAway() throws {
        var desk = try Self.withAssistant()
        desk.hear(.state(.snoozed, until: nil), by: Samples.agent, at: 20)
        desk.hand(to: nil, at: 20)
        desk.pass(to: 900)
        #expect(desk.owed == [])
    }

    @Test func aFileSurvivesItsRow() throws {
        var desk = Desk(try Hours.always())
        let states: [(inout Desk) -> Void] = [
            { $0.customer(at: 0) }, { $0.pass(to: 90) }, { $0.agent(at: 95) }, { $0.customer(at: 100) },
            { $0.hand(to: .assistant, at: 104) },
            { $0.hear(.message(.text("!"), replyTo: nil), by: Samples.assistant, at: 106) },
            { $0.hear(.state(.snoozed, until: nil), by: Samples.agent, at: 110) }, { $0.resolve(at: 120) },
        ]
        for (version, step) in states.enumerated() {
            step(&desk)
            desk.file.version = Int64(version)
            let stored = try JSONParser.parse(desk.file.json.text)
            let read = CaseFile(
                room: Samples.room, version: desk.file.version, through: desk.file.through, json: stored)
            #expect(read == desk.file)
        }
        #expect(CaseFile(room: Samples.room, version: 1, through: 1, json: .object([:])) == nil)
    }

    @Test func facesShowWhatIsOn() throws {
        let hours = try Hours.always()
        var desk = Desk(hours)
        desk.customer(at: 0)
        desk.pass(to: 85)
        let faces = desk.file.clocks.faces(hours)
        #expect(faces.map(\.kind) == [.firstResponse, .resolution])
        #expect(faces[0].due == desk.at(100) && faces[0].warnedAt == desk.at(80) && faces[0].breachedAt == nil)
        #expect(faces.compactMap { ClockFace(json: $0.json) } == faces)
        desk.agent(at: 90)
        #expect(desk.file.clocks.faces(hours).map(\.due) == [nil], "the resolution stands still")
        desk.resolve(at: 95)
        desk.customer(at: 95 + 4 * 86_400)
        #expect(desk.file.clocks.faces(hours).count == 2)
    }

    // MARK: The assistant and the away message

    private static func closedDesk() throws -> Desk {
        var desk = Desk(try Hours.never())
        desk.rules.assistantMeets = true
        return desk
    }

    private static func away(_ desk: Desk) -> [CaseDuty] {
        desk.owed.filter { if case .away = $0 { true } else { false } }
    }

    @Test func whomTheAssistantMeetsIsNotToldThatItIsClosed() throws {
        var desk = try Self.closedDesk()
        desk.customer(at: 0)
        #expect(desk.file.nextDeadline(desk.rules.hours) == desk.at(10), "it is awaited for a moment")
        desk.hand(to: .assistant, at: 1)
        desk.pass(to: 60)
        desk.customer(at: 70)
        desk.pass(to: 100)
        #expect(Self.away(desk).isEmpty && desk.file.awayHeldUntil == nil)
    }

    @Test func whomNobodyMeetsIsToldAfterAMoment() throws {
        var desk = try Self.closedDesk()
        desk.customer(at: 0)
        desk.customer(at: 5)
        desk.pass(to: 9)
        #expect(Self.away(desk).isEmpty)
        desk.pass(to: 10)
        #expect(Self.away(desk) == [.away(began: 1)])
        desk.pass(to: 60)
        desk.customer(at: 70)
        desk.pass(to: 90)
        #expect(Self.away(desk).count == 1, "once for each case")
    }

    @Test func whomTheAssistantGivesToPeopleIsTold() throws {
        var desk = try Self.closedDesk()
        desk.customer(at: 0)
        desk.hand(to: .assistant, at: 1)
        desk.hand(to: nil, at: 30)
        #expect(Self.away(desk) == [.away(began: 1)])
    }

    @Test func whomAPersonTakesIsNotTold() throws {
        var desk = try Self.closedDesk()
        desk.customer(at: 0)
        desk.hand(to: .assistant, at: 1)
        desk.hand(to: Assignee(.user(UserID.make(at: Samples.start)), name: "أحمد"), at: 30)
        #expect(Self.away(desk).isEmpty)
        var answered = try Self.closedDesk()
        answered.customer(at: 0)
        answered.agent(at: 3)
        answered.pass(to: 60)
        #expect(Self.away(answered).isEmpty, "somebody was there")
    }

    @Test func whatIsHeldIsKept() throws {
        var desk = try Self.closedDesk()
        desk.customer(at: 0)
        let file = desk.file
        let kept = CaseFile(room: file.room, version: file.version, through: file.through, json: file.json)
        #expect(kept == file && kept?.awayHeldUntil == desk.at(10))
    }
}
